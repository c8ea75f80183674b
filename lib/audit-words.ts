import type { AuditEntryView } from './audit';
import { findPlan } from './billing/plans';
import { type AuditFacts, english, type Words } from './words/english';

/**
 * An entry in plain words: for the person it is about, and in English for the operator. What we have no
 * words for, such as an action of a later version, is called by its name.
 */
export function auditWords(
  { action, details }: Pick<AuditEntryView, 'action' | 'details'>,
  t: Words['audit'] = english.audit,
): string {
  const { purpose, plan, interval, kind, browser, name, amount, command } = details;
  const title = findPlan(typeof plan === 'string' ? plan : null)?.title ?? t.yourPlan;
  if (action === 'plan') {
    return isPayment(kind) ? named(t.payments, kind) : `${title}: ${named(t.changes, kind)}`;
  }
  const texts: Readonly<Record<string, (facts: AuditFacts) => string>> = t.actions;
  const facts = {
    purpose: named(t.purposes, purpose),
    plan: title,
    interval: String(interval),
    browser: String(browser),
    what: amount ? `${amount} ${name}` : String(name),
    command: String(command),
  };
  return texts[action]?.(facts) ?? action;
}

/** What of somebody's billing is recorded: not what only announces something. */
export function isAudited(kind: string): boolean {
  return isPayment(kind) || Object.hasOwn(english.audit.changes, kind);
}

function isPayment(kind: unknown): boolean {
  return Object.hasOwn(english.audit.payments, String(kind));
}

function named(names: Readonly<Record<string, string>>, name: unknown): string {
  return names[String(name)] ?? String(name);
}
