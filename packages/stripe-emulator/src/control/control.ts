import type { Core } from '../core/core';
import type { Fault } from '../core/fault';
import { billingSettings, changeBilling } from './billing';
import { clockState, moveClock } from './clock';
import { addFault } from './faults';
import { changeKey } from './keys';
import { savePortalSettings } from './portal';
import { restoreSnapshot, saveSnapshot } from './snapshots';
import { changeTaxRates, taxRates } from './tax';
import { trigger } from './trigger';
import type { Call } from './trigger-shop';
import type {
  BillingSettings,
  ClockState,
  Control,
  KeyBody,
  RolledSecret,
  Triggered,
} from './types';
import { deliveries, resend, rollSecret } from './webhooks';

/** The controls with bodies from outside: each checks its own. */
export interface UncheckedControl extends Control {
  advance(body: unknown): Promise<ClockState>;
  fault(body: unknown): Fault;
  changeKey(body: unknown): Required<Omit<KeyBody, 'key'>>;
  changeBilling(body: unknown): BillingSettings;
  savePortalSettings(body?: unknown): object;
  trigger(body: unknown): Triggered;
  changeTax(body: unknown): Readonly<Record<string, number>>;
  rollSecret(endpoint: string, body?: unknown): RolledSecret;
}

/**
 * @param call a request to the API without HTTP
 * @param onReset is called when everything was emptied
 */
export function createControl(
  core: Core,
  { call, onReset }: { call: Call; onReset: () => void },
): UncheckedControl {
  return {
    reset() {
      core.store.reset();
      core.requests.clear();
      core.faults.clear();
      onReset();
    },
    requests: () => core.requests.all,
    forgetRequests: () => core.requests.clear(),
    deliveries: () => deliveries(core),
    resend: (event) => resend(core, event),
    clock: () => clockState(core),
    advance: (body) => moveClock(core, body),
    faults: () => core.faults.all,
    fault: (body) => addFault(core, body),
    clearFaults: () => core.faults.clear(),
    saveSnapshot: (name) => saveSnapshot(core, name),
    restoreSnapshot: (name) => restoreSnapshot(core, name),
    changeKey: (body) => changeKey(core, body),
    trigger: (body) => trigger(core, call, body),
    billing: () => billingSettings(core),
    changeBilling: (body) => changeBilling(core, body),
    savePortalSettings: (body = {}) => savePortalSettings(core, body),
    tax: () => taxRates(core),
    changeTax: (body) => changeTaxRates(core, body),
    rollSecret: (endpoint, body = {}) => rollSecret(core, endpoint, body),
  };
}
