import { StartError } from './start-error';

const RENAMED = {
  SANDBOX_PORT: 'EMULATOR_PORT',
  SANDBOX_SMTP_PORT: 'DEV_SMTP_PORT',
  SANDBOX_POSTGRES_PORT: 'DEV_POSTGRES_PORT',
  SANDBOX_DIR: 'DEV_DIR',
};

/** @throws StartError when the environment sets a variable by its former name; it says the new one */
export function refuseFormerNames(environment: NodeJS.Dict<string>): void {
  for (const [former, name] of Object.entries(RENAMED)) {
    if (environment[former]?.trim()) {
      throw new StartError(
        `${former} is now called ${name}. Rename it in your .env file or wherever you set it.`,
      );
    }
  }
}
