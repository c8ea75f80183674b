import type { Formats } from '../format';
import { product } from '../product';
import type { Price } from './mail-kinds';
import type { MailTexts } from './mail-texts';

export const german: MailTexts = {
  fallback: 'Wenn der Knopf nicht funktioniert, öffnen Sie diesen Link:',
  footer: {
    money: `Sie erhalten diese E-Mail, weil sie Ihre Zahlungen an ${product.name} betrifft.`,
    optional: 'E-Mails wie diese können Sie in Ihren Einstellungen abbestellen.',
  },
  welcome: ({ plan, price, trialEndsAt }, formats) => ({
    subject: trialEndsAt ? `Ihr Test von ${plan} hat begonnen` : `Willkommen bei ${plan}`,
    paragraphs: trialEndsAt
      ? [
          `Bis zum ${formats.day(trialEndsAt)} können Sie alles in ${plan} kostenlos nutzen.`,
          ...(price ? [`Danach kostet ${plan} ${per(price, formats)}.`] : []),
        ]
      : [`Ihr Tarif ${plan} ist aktiv${price ? ` und kostet ${per(price, formats)}` : ''}.`],
    button: 'Zur Übersicht',
  }),
  trial_ending: ({ plan, price, trialEndsAt, hasCard }, formats) => ({
    subject: `Ihr Test von ${plan} endet am ${formats.day(trialEndsAt)}`,
    paragraphs: hasCard
      ? [
          `Ab dann ${price ? `kostet ${plan} ${per(price, formats)}` : `ist ${plan} kostenpflichtig`}. Wir belasten Ihre Karte am ${formats.day(trialEndsAt)}.`,
          'Wenn Sie das nicht möchten, kündigen Sie vor diesem Tag.',
        ]
      : [
          `Um ${plan}${price ? ` für ${per(price, formats)}` : ''} zu behalten, hinterlegen Sie vorher eine Karte.`,
          'Ohne Karte endet der Test einfach, und es wird nichts berechnet.',
        ],
    button: hasCard ? 'Abrechnung verwalten' : 'Karte hinterlegen',
  }),
  trial_ended: ({ plan, price, goesOn }, formats) => ({
    subject: `Ihr Test von ${plan} ist beendet`,
    paragraphs: goesOn
      ? [
          `Ihr Tarif ${plan} läuft weiter${price ? ` für ${per(price, formats)}` : ''}. Sie müssen nichts tun.`,
        ]
      : [
          `Es wurde nichts berechnet. Was ${plan} zusätzlich bietet, steht Ihnen nicht mehr zur Verfügung; Ihre Daten bleiben erhalten.`,
          `Wenn Sie ${plan} weiter nutzen möchten, wählen Sie den Tarif erneut.`,
        ],
    button: goesOn ? 'Abrechnung verwalten' : 'Tarife ansehen',
  }),
  receipt: ({ amount, currency, plan, paidAt }, formats) => ({
    subject: `Quittung über ${formats.exactMoney(amount, currency)}`,
    paragraphs: [
      `Wir haben Ihre Zahlung von ${formats.exactMoney(amount, currency)}${plan ? ` für ${plan}` : ''} am ${formats.day(paidAt)} erhalten. Vielen Dank.`,
    ],
    button: 'Rechnung ansehen',
  }),
  payment_failed: ({ amount, currency, plan, nextAttemptAt }, formats) => ({
    subject: `Ihre Zahlung von ${formats.exactMoney(amount, currency)} ist fehlgeschlagen`,
    paragraphs: [
      `Wir konnten ${formats.exactMoney(amount, currency)} für ${plan} nicht abbuchen. Am ${formats.day(nextAttemptAt)} versuchen wir es erneut; bis dahin behalten Sie ${plan}.`,
      'Sie können jetzt bezahlen oder eine andere Karte verwenden.',
    ],
    button: 'Jetzt bezahlen',
  }),
  payment_failed_finally: ({ amount, currency, plan }, formats) => ({
    subject: `Wir konnten ${formats.exactMoney(amount, currency)} nicht einziehen`,
    paragraphs: [
      `Wir haben mehrmals versucht, ${formats.exactMoney(amount, currency)} für ${plan} abzubuchen, und versuchen es nicht noch einmal.`,
      `Ohne diese Zahlung läuft ${plan} nicht weiter. Ihre Daten bleiben erhalten.`,
    ],
    button: 'Was Sie tun können',
  }),
  action_required: ({ amount, currency, plan }, formats) => ({
    subject: `Bestätigen Sie Ihre Zahlung von ${formats.exactMoney(amount, currency)}`,
    paragraphs: [
      `Ihre Bank verlangt, dass Sie die Zahlung von ${formats.exactMoney(amount, currency)} für ${plan} bestätigen. Bis dahin ist sie offen.`,
    ],
    button: 'Zahlung bestätigen',
  }),
  card_expiring: ({ brand, last4, expiresAt, nextPaymentAt }, formats) => ({
    subject: 'Ihre Karte läuft vor der nächsten Zahlung ab',
    paragraphs: [
      `Ihre Karte (${brand}, endet auf ${last4}) läuft Ende ${formats.month(expiresAt)} ab, und Ihre nächste Zahlung ist am ${formats.day(nextPaymentAt)} fällig.`,
      'Hinterlegen Sie eine neue Karte, damit die Zahlung gelingt.',
    ],
    button: 'Karte ändern',
  }),
  plan_changed: ({ plan, price, quantity }, formats) => ({
    subject: `Ihr Tarif ist jetzt ${plan}`,
    paragraphs: [
      `Ihr Tarif hat sich geändert: ${plan}${quantity > 1 ? ` für ${quantity} Personen` : ''}${price ? `, ${per(price, formats)}` : ''}.`,
    ],
    button: 'Abrechnung verwalten',
  }),
  plan_planned: ({ plan, at }, formats) => ({
    subject: `Ihr Tarif ändert sich am ${formats.day(at)}`,
    paragraphs: [
      `Am ${formats.day(at)} wechselt Ihr Tarif${plan ? ` zu ${plan}` : ''}. Bis dahin bleibt alles, wie es ist.`,
      'Bis zu diesem Tag können Sie Ihren jetzigen Tarif behalten.',
    ],
    button: 'Abrechnung verwalten',
  }),
  canceled: ({ plan, endsAt }, formats) => ({
    subject: `Ihr Tarif ${plan} endet am ${formats.day(endsAt)}`,
    paragraphs: [
      `Wir haben ${plan} wie gewünscht gekündigt. Sie können den Tarif bis zum ${formats.day(endsAt)} nutzen, und es wird nichts mehr abgebucht.`,
      'Wenn Sie es sich anders überlegen, können Sie Ihren Tarif bis zu diesem Tag behalten.',
    ],
    button: 'Tarif behalten',
  }),
  ended: ({ plan, endedAt }, formats) => ({
    subject: `Ihr Tarif ${plan} ist beendet`,
    paragraphs: [
      `${plan} endete am ${formats.day(endedAt)}. Es wird nichts mehr abgebucht, und Ihre Daten bleiben erhalten.`,
    ],
    button: 'Tarife ansehen',
  }),
  limit_reached: ({ allowed, plan, more }) => ({
    subject: `Ihr Kontingent in ${plan} ist aufgebraucht`,
    paragraphs: [
      `${plan} umfasst hiervon ${allowed}, und Sie haben alles genutzt.`,
      ...(more ? [`${more} bietet mehr.`] : []),
    ],
    button: more ? 'Tarife ansehen' : 'Zur Übersicht',
  }),
  refunded: ({ amount, currency }, formats) => ({
    subject: `Wir haben ${formats.exactMoney(amount, currency)} erstattet`,
    paragraphs: [
      `${formats.exactMoney(amount, currency)} sind auf dem Weg zu Ihnen. Bis Ihre Bank den Betrag anzeigt, können zehn Tage vergehen.`,
    ],
    button: 'Rechnung ansehen',
  }),
};

const every: Readonly<Record<string, { one: string; many: string }>> = {
  day: { one: 'pro Tag', many: 'Tage' },
  week: { one: 'pro Woche', many: 'Wochen' },
  month: { one: 'pro Monat', many: 'Monate' },
  year: { one: 'pro Jahr', many: 'Jahre' },
};

/** `12 $ pro Monat`, or `30 $ alle 3 Monate`. */
function per({ amount, currency, interval, intervalCount }: Price, formats: Formats): string {
  const money = formats.money(amount, currency);
  const words = every[interval] ?? { one: '', many: '' };
  return intervalCount === 1
    ? `${money} ${words.one}`
    : `${money} alle ${intervalCount} ${words.many}`;
}
