import { expect, it } from 'vitest';
import { auditCommand } from './audit';
import { grantCommand } from './grant';
import { reconcileCommand } from './reconcile';
import { replayCommand } from './replay';
import { showCommand } from './show';

it.each([
  [['--all', '--customer', 'cus_1'], 'Give one of --all'],
  [['--all', '--since', '7d'], 'Give one of --all'],
  [['--since', 'yesterday'], '"yesterday" is not a time'],
  [['--since', ''], '"" is not a time'],
  [['--customer', ''], 'the id of a customer'],
  [['--rate', 'fast'], 'requests to Stripe a second'],
  [['--rate', '0'], 'requests to Stripe a second'],
  [['--frobnicate'], "Unknown option '--frobnicate'"],
  [['cus_1'], "Unexpected argument 'cus_1'"],
])('reconcile %j is refused before anything is asked', async (typed, words) => {
  await expect(reconcileCommand(typed)).rejects.toThrow(words);
});

it.each([
  [[], 'Give ids of events, or --failed, or --since TIME.'],
  [['evt_1', '--failed'], 'Give ids of events'],
  [['--failed', '--since', '7d'], 'Give ids of events'],
  [['cus_1'], '"cus_1" is not the id of an event'],
  [[''], '"" is not the id of an event'],
  [['--since', 'soon'], '"soon" is not a time'],
  [['--all'], "Unknown option '--all'"],
])('replay %j is refused before anything is asked', async (typed, words) => {
  await expect(replayCommand(typed)).rejects.toThrow(words);
});

it.each([
  [[], 'Give the e-mail address'],
  [['ada'], 'Give the e-mail address'],
  [['ada@example.com', 'api', 'exports'], 'Give the e-mail address'],
  [['ada@example.com', 'apl'], '"apl" is not a feature'],
  [['ada@example.com', 'projects'], '"projects" is not a feature'],
  [['ada@example.com', 'projects=many'], '"projects=many" is not a feature'],
  [['ada@example.com', 'projects=-1'], '"projects=-1" is not a feature'],
  [['ada@example.com', 'api', '--until', 'soon'], 'is not a time'],
  [['ada@example.com', '--end'], 'Give a feature'],
])('grant %j is refused before anything is asked', async (typed, words) => {
  await expect(grantCommand(typed)).rejects.toThrow(words);
});

it.each([
  [['ada'], '"ada" is not an e-mail address or a customer'],
  [['cus_1', 'cus_2'], 'Give one e-mail address or customer'],
  [['--all'], "Unknown option '--all'"],
])('audit %j is refused before anything is asked', async (typed, words) => {
  await expect(auditCommand(typed)).rejects.toThrow(words);
});

it.each([
  [['ada'], '"ada" is not an e-mail address or a customer'],
  [['cus_1', 'cus_2'], 'Give one e-mail address or customer'],
])('show %j is refused before anything is asked', async (typed, words) => {
  await expect(showCommand(typed)).rejects.toThrow(words);
});
