import { limits } from '../billing/plans';
import type { Formats } from '../format';
import { product } from '../product';
import { german as words } from '../words/german';
import type { Price } from './mail-kinds';
import type { MailTexts } from './mail-texts';

export const german: MailTexts = {
  fallback: 'Wenn die Schaltfläche nicht funktioniert, öffnen Sie diesen Link:',
  footer: {
    money: `Sie erhalten diese E-Mail, weil sie Ihre Zahlungen an ${product.name} betrifft.`,
    safety: `Sie erhalten diese E-Mail, weil sie die Sicherheit Ihres Kontos bei ${product.name} betrifft.`,
    invited:
      'Sie erhalten diese E-Mail, weil jemand Ihre Adresse angegeben hat, um Sie einzuladen. Wenn Sie die Person nicht kennen, ignorieren Sie diese E-Mail: Dann geschieht nichts.',
    optional: 'E-Mails wie diese können Sie in Ihren Einstellungen abbestellen.',
  },
  links: {
    sign_in: {
      subject: `Anmeldung bei ${product.name}`,
      paragraphs: [
        'Mit diesem Link melden Sie sich an. Er funktioniert einmal und läuft nach 24 Stunden ab.',
      ],
      button: 'Anmelden',
      footer:
        'Wenn Sie ihn nicht angefordert haben, können Sie diese E-Mail ignorieren: Ohne den Link kann sich niemand anmelden.',
    },
    change_email: {
      subject: `Diese Adresse für ${product.name} verwenden`,
      paragraphs: [
        'Folgen Sie dem Link, um Ihre Anmeldelinks an diese Adresse zu bekommen. Er funktioniert eine Stunde lang.',
      ],
      button: 'Diese Adresse verwenden',
      footer:
        'Wenn Sie ihn nicht angefordert haben, können Sie diese E-Mail ignorieren: Dann ändert sich nichts.',
    },
  },
  welcome: ({ plan, price, trialEndsAt }, formats) => ({
    subject: trialEndsAt ? `Ihre Testphase mit ${plan} hat begonnen` : `Willkommen bei ${plan}`,
    paragraphs: trialEndsAt
      ? [
          `Bis zum ${formats.day(trialEndsAt)} können Sie alles in ${plan} kostenlos nutzen.`,
          ...(price ? [`Danach kostet ${plan} ${per(price, formats)}.`] : []),
        ]
      : [`Ihr Tarif ${plan} ist aktiv${price ? ` und kostet ${per(price, formats)}` : ''}.`],
    button: 'Zur Übersicht',
  }),
  trial_ending: ({ plan, price, trialEndsAt, hasCard }, formats) => ({
    subject: `Ihre Testphase mit ${plan} endet am ${formats.day(trialEndsAt)}`,
    paragraphs: hasCard
      ? [
          `Danach ${price ? `kostet ${plan} ${per(price, formats)}` : `ist ${plan} kostenpflichtig`}. Wir belasten Ihre Karte am ${formats.day(trialEndsAt)}.`,
          'Wenn Sie das nicht möchten, kündigen Sie vor diesem Tag.',
        ]
      : [
          `Um ${plan}${price ? ` für ${per(price, formats)}` : ''} zu behalten, hinterlegen Sie vorher eine Karte.`,
          'Ohne Karte endet die Testphase einfach, und es wird nichts berechnet.',
        ],
    button: hasCard ? 'Abrechnung verwalten' : 'Karte hinterlegen',
  }),
  trial_ended: ({ plan, price, goesOn, why }, formats) => ({
    subject: `Ihre Testphase mit ${plan} ist beendet`,
    paragraphs: goesOn
      ? [
          `Ihr Tarif ${plan} läuft weiter${price ? ` für ${per(price, formats)}` : ''}. Sie müssen nichts tun.`,
        ]
      : [
          ...(why === 'used'
            ? ['Je Person und Karte gibt es eine Testphase, und dies war nicht die erste.']
            : []),
          `Es wurde nichts berechnet. Was ${plan} zusätzlich bietet, steht Ihnen nicht mehr zur Verfügung; Ihre Daten bleiben erhalten.`,
          why === 'paused'
            ? `Wenn Sie ${plan}${price ? ` für ${per(price, formats)}` : ''} weiter nutzen möchten, hinterlegen Sie eine Karte und setzen Sie den Tarif fort.`
            : `Wenn Sie ${plan}${price ? ` für ${per(price, formats)}` : ''} weiter nutzen möchten, wählen Sie den Tarif erneut.`,
        ],
    button: goesOn || why === 'paused' ? 'Abrechnung verwalten' : 'Tarife ansehen',
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
  plan_planned: ({ plan, at, quantity, price }, formats) => ({
    subject: `Ihr Tarif ändert sich am ${formats.day(at)}`,
    paragraphs: [
      `Am ${formats.day(at)} wechselt Ihr Tarif${plan ? ` zu ${plan}` : ''}${quantity > 1 ? ` für ${quantity} Personen` : ''}${price ? `, ${per(price, formats)}` : ''}. Bis dahin bleibt alles, wie es ist.`,
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
  ended: ({ plan, endedAt, isSecond }, formats) => ({
    subject: isSecond
      ? `Ihr zweiter Tarif, ${plan}, ist gekündigt`
      : `Ihr Tarif ${plan} ist beendet`,
    paragraphs: [
      ...(isSecond
        ? [
            'Sie hatten bereits einen Tarif, daher haben wir diesen gekündigt. Was Sie dafür bezahlt haben, wird erstattet. Ihr erster Tarif bleibt, wie er ist.',
          ]
        : []),
      `${plan} endete am ${formats.day(endedAt)}. Es wird nichts mehr abgebucht, und Ihre Daten bleiben erhalten.`,
    ],
    button: 'Tarife ansehen',
  }),
  limit_reached: ({ limit, allowed, plan, more }) => ({
    subject: `Ihr Limit ist erreicht: ${words.usage.amount(limit, allowed)}`,
    paragraphs: [
      `Im Tarif ${plan} stehen Ihnen ${words.usage.amount(limit, allowed)} zur Verfügung. ${limits[limit].per ? 'Wann die Zählung neu beginnt, steht in Ihrer Übersicht.' : 'Um Platz zu schaffen, löschen Sie, was Sie nicht mehr brauchen.'}`,
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
  new_browser: ({ browser, at }, formats) => ({
    subject: `Neue Anmeldung bei ${product.name}`,
    paragraphs: [
      `Jemand hat sich mit einem uns unbekannten Browser bei Ihrem Konto angemeldet: ${words.settings.browser(browser)}, ${formats.moment(at)}.`,
      'Wenn Sie das waren, müssen Sie nichts tun. Wenn nicht, melden Sie sich in den Einstellungen überall ab und stellen Sie sicher, dass niemand sonst Ihre E-Mails lesen kann.',
    ],
    button: 'Einstellungen öffnen',
  }),
  email_changed: ({ email }) => ({
    subject: 'Die E-Mail-Adresse Ihres Kontos wurde geändert',
    paragraphs: [
      `Anmeldelinks für Ihr Konto bei ${product.name} gehen jetzt an ${email} und nicht mehr an diese Adresse.`,
      `Wenn Sie das nicht veranlasst haben, schreiben Sie bitte sofort an ${product.supportEmail}.`,
    ],
    button: `${product.name} öffnen`,
  }),
  invited: ({ team, by, expires }, formats) => ({
    subject: `Einladung ins Team ${team} bei ${product.name}`,
    paragraphs: [
      `${by} lädt Sie ein, dem Team „${team}“ beizutreten. Sie nutzen dann den Tarif des Teams mit und zahlen selbst nichts dafür.`,
      `Die Einladung gilt nur für Sie und diese Adresse. Sie läuft am ${formats.day(expires)} ab.`,
    ],
    button: 'Einladung ansehen',
  }),
  team_deleted: ({ team, refund }, formats) => ({
    subject: `Das Team ${team} ist gelöscht`,
    paragraphs: [
      `Das Team „${team}“ und alles, was es hatte, ist gelöscht, wie von seinem Inhaber gewünscht. Sein Tarif ist beendet, und es wird nichts mehr abgebucht.`,
      ...(refund
        ? [
            `Für die bezahlte, nicht genutzte Zeit haben wir ${formats.exactMoney(refund.amount, refund.currency)} erstattet. Bis das Geld ankommt, dauert es einige Tage.`,
          ]
        : []),
    ],
    button: `${product.name} öffnen`,
  }),
  goodbye: () => ({
    subject: `Ihr Konto bei ${product.name} ist gelöscht`,
    paragraphs: [
      'Ihr Konto und Ihre Daten sind wie gewünscht gelöscht. Ihr Tarif ist beendet, und es wird nichts mehr abgebucht.',
      'Dies ist unsere letzte E-Mail an Sie. Sie können jederzeit mit einem neuen Konto wiederkommen.',
    ],
    button: `${product.name} besuchen`,
  }),
};

/** `12 $ pro Monat`, or `30 $ alle 3 Monate`. */
function per({ amount, currency, interval, intervalCount }: Price, formats: Formats): string {
  return `${formats.money(amount, currency)} ${words.summary.perPeriod(interval, intervalCount)}`;
}
