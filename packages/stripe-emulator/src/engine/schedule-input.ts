import type { MetadataChange } from '../core/metadata';
import type { PauseScheduleInput } from './schedule-pauses';
import type { PhaseInput } from './schedule-phases';
import type { DefaultSettingsInput } from './schedule-settings';

/** What a request can say of a schedule. */
export interface ScheduleInput {
  default_settings?: DefaultSettingsInput;
  end_behavior?: 'cancel' | 'none' | 'release' | 'renew';
  metadata?: MetadataChange;
  pause_schedules?: PauseScheduleInput[] | null;
  phases?: PhaseInput[];
}
