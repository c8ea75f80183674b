import { type Feature, type Limit, limits, type PlanName } from '../billing/plans';
import { product } from '../product';
import type { Words } from './english';
import { message, text } from './text';

/** What the plans limit; the catalogue says it in English. */
const germanLimits: Record<Limit, { one: string; many: string }> = {
  projects: { one: 'Projekt', many: 'Projekte' },
  exports: { one: 'Export', many: 'Exporte' },
};

function things(limit: Limit, count: number): string {
  const { one, many } = germanLimits[limit];
  return `${numbers.format(count)} ${count === 1 ? one : many}`;
}

/** By the intervals' names. */
const periods: Readonly<Record<string, { one: string; many: string }>> = {
  day: { one: 'Tag', many: 'Tage' },
  week: { one: 'Woche', many: 'Wochen' },
  month: { one: 'Monat', many: 'Monate' },
  year: { one: 'Jahr', many: 'Jahre' },
};

const summaries: Readonly<Record<PlanName, string>> = {
  free: 'Um sich zurechtzufinden.',
  pro: 'Für Leute, die jede Woche liefern.',
  team: 'Für Firmen, die darauf bauen.',
};

const features: Readonly<Record<Feature, string>> = { api: 'API-Zugang' };

/** Its English name is what we keep. */
function browser(name: string): string {
  return name.replace(' on ', ' auf ').replace('an unknown browser', 'ein unbekannter Browser');
}

const numbers = new Intl.NumberFormat('de');
const lists = new Intl.ListFormat('de');

export const german: Words = {
  shell: {
    skip: 'Zum Inhalt springen',
    navigation: 'Hauptmenü',
    pricing: 'Preise',
    signIn: 'Anmelden',
    dashboard: 'Übersicht',
    projects: 'Projekte',
    billing: 'Abrechnung',
    settings: 'Einstellungen',
    plansAndPrices: 'Tarife und Preise',
    account: 'Konto',
    actingFor: 'Handeln für',
    yourself: 'Sie selbst',
    newTeam: 'Neues Team',
    team: 'Team',
  },
  look: {
    language: 'Sprache',
    asBrowser: 'Wie mein Browser',
    theme: 'Farbschema',
    asSystem: 'Wie mein System',
    light: 'Hell',
    dark: 'Dunkel',
    changing: 'Wird geändert',
  },
  landing: {
    billing: 'Abrechnungsseite',
    preview:
      'Die Abrechnungsseite, wie Ihre Kunden sie sehen, mit Beispieldaten: Tarif, nächste Zahlung, hinterlegte Karte und alle Rechnungen.',
    howItWorks: 'So funktioniert es',
    steps: [
      message(
        'Klicken',
        '„Abrechnung verwalten“ ist ein einfaches Formular. Es funktioniert, bevor JavaScript geladen ist, und auch ganz ohne.',
      ),
      message(
        'Nachschlagen',
        'Die Sitzung sagt, wer die Person ist, und die Datenbank, welcher Kunde sie bei Stripe ist. Dem, was der Browser sendet, wird nicht vertraut.',
      ),
      message(
        'Öffnen',
        'Eine Anfrage an Stripe erstellt eine Portal-Sitzung, zu der wir weiterleiten. Kartennummern erreichen diese App nie.',
      ),
      message(
        'Zurückkehren',
        'Vor dem Anzeigen wird das Abo bei Stripe neu gelesen. So stimmt die Seite auch dann, wenn der Webhook später kommt.',
      ),
    ],
    plans: 'Tarife',
    compare: 'Tarife vergleichen',
  },
  signIn: {
    title: 'Anmelden',
    byEmail: 'Per E-Mail',
    how: 'Wir schicken Ihnen einen Link, der Sie anmeldet. Neu hier? Derselbe Link legt Ihr Konto an.',
    email: 'E-Mail',
    send: 'Anmeldelink senden',
    sending: 'Der Link wird gesendet',
    byAccount: 'Mit einem anderen Konto',
    continueWith: (provider) => `Weiter mit ${provider}`,
    sentTitle: 'Sehen Sie in Ihr Postfach',
    onItsWay: 'Der Link ist unterwegs',
    openIt: `Öffnen Sie die E-Mail von ${product.name} auf diesem Gerät und folgen Sie dem Link. Er funktioniert einmal und läuft nach 24 Stunden ab.`,
    nothing: (again) =>
      text`Nach einer Minute noch nichts? Sehen Sie im Spam-Ordner nach oder ${again('fordern Sie einen neuen Link an')}.`,
    confirmTitle: `Bei ${product.name} anmelden`,
    oneMoreClick: 'Noch ein Klick',
    signedInAs: (email) => text`Sie werden als ${email} angemeldet.`,
    problems: {
      Verification: message(
        'Dieser Link funktioniert nicht mehr',
        'Jeder Link funktioniert einmal und läuft nach 24 Stunden ab. Fordern Sie unten einen neuen an.',
      ),
      InvalidEmail: message(
        'Das ist keine E-Mail-Adresse',
        'Bitte prüfen Sie sie auf Tippfehler, zum Beispiel ein fehlendes @, und versuchen Sie es noch einmal.',
      ),
      TooManyLinks: message(
        'Zu viele Anmeldelinks',
        'Der neueste in Ihrem Postfach funktioniert noch. Ist keiner angekommen, versuchen Sie es in einer Stunde wieder.',
      ),
      EmailSignin: message(
        'Wir konnten die E-Mail nicht senden',
        'Der Fehler liegt bei uns. Bitte versuchen Sie es in einer Minute noch einmal.',
      ),
      OAuthAccountNotLinked: message(
        'Sie haben schon ein Konto',
        'Es wurde auf anderem Weg mit derselben E-Mail-Adresse angelegt. Melden Sie sich stattdessen per E-Mail an.',
      ),
      provider: message(
        'Der andere Dienst hat Sie nicht angemeldet',
        'Bitte versuchen Sie es noch einmal, oder melden Sie sich per E-Mail an.',
      ),
      other: message(
        'Die Anmeldung hat nicht funktioniert',
        'Bitte versuchen Sie es noch einmal. Wenn es wieder passiert, schreiben Sie uns an die Adresse unten.',
      ),
    },
  },
  notFound: {
    title: 'Seite nicht gefunden',
    whatToDo: 'Was Sie tun können',
    why: 'Vielleicht ist die Adresse falsch geschrieben, oder die Seite ist umgezogen.',
    dashboard: 'Zur Übersicht',
    home: 'Startseite',
  },
  unavailable: {
    title: 'Vorübergehend nicht erreichbar',
    heading: 'Wir sind gleich wieder da',
    detail: `${product.name} kann diese Seite gerade nicht laden. Der Fehler liegt bei uns. Bitte versuchen Sie es in ein paar Sekunden noch einmal.`,
  },
  settings: {
    title: 'Einstellungen',
    saved: message('Gespeichert', 'Ihr Profil wurde aktualisiert.'),
    linkSent: message(
      'Sehen Sie in Ihr Postfach',
      'Wir haben einen Link an Ihre neue Adresse geschickt. Er funktioniert eine Stunde lang.',
    ),
    ended: message(
      'Browser abgemeldet',
      'Um Ihr Konto dort zu nutzen, müssen Sie sich neu anmelden.',
    ),
    profile: 'Profil',
    name: 'Name',
    nameHint: 'So sprechen wir Sie an. Das Feld kann leer bleiben.',
    save: 'Speichern',
    saving: 'Wird gespeichert',
    signIn: 'Anmeldung',
    linksGoHere:
      'Anmeldelinks schicken wir an diese Adresse. Für Rechnungen können Sie in der Abrechnung eine andere angeben.',
    thisBrowser: 'Dieser Browser',
    otherBrowser: 'Ein anderer Browser',
    browser,
    signedInOn: (moment) => text`Angemeldet am ${moment}`,
    signOut: 'Abmelden',
    signOutThere: 'Dort abmelden',
    signOutEverywhere: 'Überall abmelden',
    signingOut: 'Wird abgemeldet',
    emails: 'E-Mails',
    wantsTips:
      'Begrüßen Sie mich in einem neuen Tarif, und sagen Sie mir, wenn ich ein Limit erreiche',
    alwaysSent: 'E-Mails zu Zahlungen und Ihrem Tarif bekommen Sie immer.',
    updateEmails: 'E-Mail-Auswahl speichern',
    activity: 'Letzte Aktivität',
    yourData: 'Ihre Daten',
    dataIs: 'Alles, was wir über Sie gespeichert haben, als JSON-Datei.',
    download: 'Meine Daten herunterladen',
    deleteAccount: 'Konto löschen',
    deletionMeans:
      'Ihr Tarif endet sofort, es wird nichts mehr berechnet, und alle Ihre Daten werden gelöscht. Das lässt sich nicht rückgängig machen. Sichern Sie vorher die Rechnungen, die Sie noch brauchen.',
    staysAWhile: 'Was noch eine Weile bleibt:',
    outlives: {
      AuditEntry: (days) =>
        `Was mit dem Konto geschah, ohne Ihren Namen und Ihre Adresse, für Streitfälle: ${days} Tage.`,
      DeletedCustomer: (days) =>
        `Ihre Kundennummer bei Stripe, um eine späte Zahlung zu erstatten: ${days} Tage.`,
      StripeEvent: (days) =>
        `Welche Nachrichten Stripe zu dieser Nummer geschickt hat, ohne Inhalt: ${days} Tage.`,
      TrialUse: (days) =>
        `Ein Prüfwert Ihrer Adresse und Karte, damit es nur eine kostenlose Testphase gibt: ${days} Tage.`,
    },
    ownsTeams: (teams) =>
      `${lists.format(teams)} ${teams.length === 1 ? 'gehört' : 'gehören'} Ihnen. Bevor Sie Ihr Konto löschen, übergeben oder löschen Sie ${teams.length === 1 ? 'das Team' : 'jedes davon'}: Wechseln Sie dazu im Kontomenü zum Team.`,
    newEmail: 'Neue E-Mail-Adresse',
    newEmailHint: 'Wir schicken einen Link dorthin. Bis Sie ihm folgen, ändert sich nichts.',
    changeEmail: 'E-Mail-Adresse ändern',
    sendingLink: 'Wird gesendet',
    oneMoreClick: 'Noch ein Klick',
    linksWillGoTo: (email, former) =>
      text`Anmeldelinks gehen künftig an ${email} statt an ${former}.`,
    useThisEmail: 'Diese Adresse verwenden',
    typeEmail: 'Geben Sie zur Bestätigung Ihre E-Mail-Adresse ein',
    deleting: 'Ihr Konto wird gelöscht',
    problems: {
      name: message(
        'Dieser Name ist zu lang',
        'Ein Name darf bis zu 100 Zeichen haben. Ihr Profil wurde nicht geändert.',
      ),
      email: message(
        'Diese Adresse ist nicht möglich',
        'Geben Sie eine andere E-Mail-Adresse ein als Ihre jetzige. Es wurde nichts geändert.',
      ),
      'email-unsent': message(
        'Wir konnten die E-Mail nicht senden',
        'Der Fehler liegt bei uns. Bitte versuchen Sie es in einer Minute noch einmal.',
      ),
      'email-link': message(
        'Dieser Link funktioniert nicht mehr',
        'Er ist vielleicht abgelaufen, oder die Adresse wird inzwischen verwendet. Ihre Adresse wurde nicht geändert.',
      ),
      confirm: message(
        'Das ist nicht Ihre E-Mail-Adresse',
        'Geben Sie sie genau so ein, wie sie unter „Anmeldung“ steht. Ihr Konto wurde nicht gelöscht.',
      ),
    },
  },
  usage: {
    title: 'Nutzung',
    amount: (limit, count) => `${things(limit, count)}${limits[limit].per ? ' im Monat' : ''}`,
    used: (used, amount) => `${amount}, davon ${numbers.format(used)} genutzt`,
    onlyLeft: (count) => `Nur noch ${count} übrig.`,
    noneLeft: 'Alle verbraucht.',
    keepAll: (count) => `Alle ${count} bleiben erhalten.`,
    makeRoom: (count, canChange) =>
      `Um mehr anzulegen, löschen Sie mindestens ${count} davon${canChange ? ' oder wechseln Sie den Tarif' : ''}.`,
    planIncludes: (plan, amount) => `Der Tarif ${plan} umfasst ${amount}.`,
    yourPlanIncludes: (plan, amount) => `Ihr Tarif ${plan} umfasst ${amount}`,
    startsAgain: (day) => text`Die Zählung beginnt neu am ${day}`,
  },
  dashboard: {
    title: 'Übersicht',
    welcome: 'Willkommen',
    hello: (name) => `Hallo, ${name}`,
    yourPlan: (plan) => `Sie haben den Tarif ${plan}.`,
    trialEnds: (day) => text`Ihre Testphase endet am ${day}.`,
    thenYouPay: (amount) => text`Wenn Sie den Tarif behalten, zahlen Sie dann ${amount}.`,
    billing: 'Zur Abrechnung',
  },
  projects: {
    title: 'Projekte',
    yours: 'Ihre Projekte',
    none: 'Noch keine Projekte. Legen Sie das erste an: Es braucht nur einen Namen.',
    createdOn: (day) => text`Angelegt am ${day}`,
    all: 'Alle Projekte',
    new: 'Neues Projekt',
    opening: 'Das Formular wird geöffnet',
    details: 'Angaben',
    name: 'Name',
    create: 'Anlegen',
    creating: 'Das Projekt wird angelegt',
    rename: 'Umbenennen',
    renameProject: 'Projekt umbenennen',
    renaming: 'Das Projekt wird umbenannt',
    delete: 'Löschen',
    deleting: 'Das Projekt wird gelöscht',
    export: 'Exportieren',
    exportIs: 'Alle Ihre Projekte als CSV-Datei für eine Tabelle.',
    start: 'So geht es los',
    first:
      'Legen Sie Ihr erstes Projekt an. Es braucht nur einen Namen, und Sie können es jederzeit umbenennen oder löschen.',
    createFirst: 'Projekt anlegen',
    activity: 'Letzte Aktivität',
    happened: {
      created: (name) => `Projekt ${name} angelegt`,
      exported: () => 'Projekte exportiert',
      key_created: (name) => `API-Schlüssel ${name} erstellt`,
      key_used: (name) => `API-Schlüssel ${name} verwendet`,
    },
    problems: {
      name: message(
        'Dieser Name ist nicht möglich',
        'Ein Name hat 1 bis 100 Zeichen. Es wurde nichts geändert.',
      ),
      'export-failed': message(
        'Der Export ist fehlgeschlagen',
        'Er zählt nicht zu Ihrem Limit. Bitte versuchen Sie es noch einmal.',
      ),
    },
  },
  apiKeys: {
    title: 'API-Schlüssel',
    partOf: (plan) => `API-Zugang gehört zum Tarif ${plan}.`,
    keyName: (number) => `Schlüssel ${number}`,
    workAgain: 'Sobald Sie ihn haben, funktionieren Ihre Schlüssel wieder.',
    createdOn: (day) => text`Erstellt am ${day}`,
    usedOn: (moment) => text`zuletzt verwendet am ${moment}`,
    notUsed: 'noch nicht verwendet',
    madeBy: (who) => `, von ${who}`,
    askManagers: 'API-Schlüssel eines Teams verwalten dessen Inhaber und Admins.',
    endsWith: (team) =>
      `Diese Schlüssel gehören zum Team ${team}. Jeder funktioniert, solange im Team ist und Schlüssel verwalten darf, wer ihn erstellt hat.`,
    revoke: 'Widerrufen',
    revoking: 'Der Schlüssel wird widerrufen',
    form: {
      shown: 'Ihr neuer API-Schlüssel',
      copyIt: 'Kopieren Sie ihn jetzt und halten Sie ihn geheim. Sie sehen ihn nicht wieder.',
      label: 'Wofür der Schlüssel ist',
      create: 'API-Schlüssel erstellen',
      creating: 'Der Schlüssel wird erstellt',
    },
    problems: {
      'key-name': message(
        'So kann ein Schlüssel nicht heißen',
        'Ein Name hat 1 bis 100 Zeichen. Es wurde kein Schlüssel erstellt.',
      ),
      'key-exists': message(
        'Sie haben schon einen Schlüssel mit diesem Namen',
        'Es wurde kein Schlüssel erstellt. Falls Sie den vorhandenen nicht kopiert haben, widerrufen Sie ihn und erstellen Sie einen neuen.',
      ),
      'too-many-keys': message(
        'Sie haben zu viele API-Schlüssel',
        'Es wurde kein Schlüssel erstellt. Widerrufen Sie einen, den Sie nicht mehr brauchen.',
      ),
    },
  },
  team: {
    title: 'Team',
    members: 'Mitglieder',
    invitations: 'Einladungen',
    noInvitations: 'Niemand hat eine offene Einladung.',
    you: (name) => `${name} (Sie)`,
    roles: { owner: 'Inhaber', admin: 'Admin', member: 'Mitglied' },
    mayDo: {
      admin: 'Admins verwalten Mitglieder und Abrechnung. Mitglieder nutzen, was das Team hat.',
      owner: 'Nur der Inhaber kann das Team übergeben oder löschen.',
    },
    offered: 'Das Team ist ihnen angeboten, sie haben es noch nicht angenommen.',
    makeAdmin: 'Zum Admin machen',
    makeMember: 'Zum Mitglied machen',
    handOver: 'Übergeben',
    takeBack: 'Angebot zurücknehmen',
    remove: 'Entfernen',
    saving: 'Wird gespeichert',
    isOffered: message(
      'Der Inhaber bietet Ihnen dieses Team an',
      'Als Inhaber entscheiden Sie, wer es verwaltet und ob es gelöscht wird. Der bisherige Inhaber wird Admin.',
    ),
    accept: 'Inhaber werden',
    invite: 'Einladen',
    expires: (day) => text`Läuft am ${day} ab`,
    expired: (day) => text`Am ${day} abgelaufen`,
    resend: 'Erneut senden',
    revoke: 'Zurückziehen',
    sending: 'Wird gesendet',
    nameTitle: 'Name',
    name: 'Name des Teams',
    save: 'Namen speichern',
    leave: 'Verlassen',
    leaveTitle: 'Team verlassen',
    leaveMeans:
      'Sie verlieren sofort den Zugang zu allem, was das Team hat. Um zurückzukommen, brauchen Sie eine neue Einladung.',
    leaving: 'Team wird verlassen',
    end: 'Team löschen',
    endMeans: 'Die nächste Seite sagt, was verloren geht und was erstattet wird.',
    invitePage: {
      title: 'Leute einladen',
      who: 'Wen',
      addresses: 'E-Mail-Adressen',
      addressesHint: 'Bis zu 25, getrennt durch Kommas, Leerzeichen oder Zeilen.',
      role: 'Rolle',
      send: 'Einladungen senden',
      linkIs: 'Alle bekommen einen Link, der sieben Tage lang gilt, und nur für ihre Adresse.',
      cost: 'Kosten',
      included: 'Ein weiteres Mitglied kostet nichts zusätzlich.',
      full: 'Ihr Tarif hat keinen Platz für ein weiteres Mitglied. Wen Sie einladen, kann beitreten, sobald Platz ist.',
      changePlan: 'Tarife ansehen',
      costs: (dueNow, price) =>
        text`Jedes Mitglied, das beitritt, kostet heute ${dueNow} und ab der nächsten Zahlung ${price}.`,
      costsLater: (price) =>
        text`Jedes Mitglied, das beitritt, kostet heute nichts und ab der nächsten Zahlung ${price}.`,
      unknown:
        'Was ein weiteres Mitglied heute kostet, können wir im Moment nicht sagen. Jeder Platz kostet so viel, wie Ihr Tarif sagt.',
      whenCharged: 'Eine Einladung, die niemand annimmt, kostet nichts.',
    },
    newPage: {
      title: 'Neues Team',
      means:
        'Ein Team hat einen eigenen Tarif, eigene Rechnungen und Mitglieder, getrennt von Ihrem Konto. Sie werden sein Inhaber.',
      create: 'Team anlegen',
      creating: 'Team wird angelegt',
    },
    movePage: {
      link: 'Tarif in ein Team verschieben',
      title: 'Ihren Tarif in ein Team verschieben',
      means:
        'Tarif, Karte, Rechnungen und Rabatte gehören dann dem Team, mit allem, was Sie genutzt und gespeichert haben. Dafür wird nichts abgebucht. Sie selbst haben danach den kostenlosen Tarif.',
      to: 'In das Team',
      noTeam: 'Ihnen gehört noch kein Team.',
      move: 'Tarif verschieben',
      moving: 'Tarif wird verschoben',
      problems: {
        'has-plan': (team) => `${team} zahlt für einen eigenen Tarif oder hat es früher getan.`,
        'too-small': (team, members) =>
          `${team} hat ${members} Mitglieder, mehr als Ihr Tarif bezahlt. Ändern Sie zuerst Ihren Tarif.`,
      },
    },
    invitation: {
      name: 'Einladung',
      title: (team) => `${team} beitreten`,
      gone: message(
        'Dieser Link funktioniert nicht',
        'Die Einladung wurde zurückgezogen, oder Sie haben eine neuere bekommen. Fragen Sie, wer Sie eingeladen hat.',
      ),
      open: (team) =>
        `Sie sind ins Team ${team} eingeladen. Sie nutzen den Tarif des Teams mit und zahlen nichts dafür.`,
      join: 'Beitreten',
      joining: 'Beitritt läuft',
      signedOut: (email) =>
        `Die Einladung ist für ${email}. Melden Sie sich mit dieser Adresse an, um beizutreten.`,
      noAccount: (email) =>
        `Die Einladung ist für ${email}. Geben Sie diese Adresse ein, um einen Link zum Anmelden zu bekommen: Ein Konto brauchen Sie dafür noch nicht.`,
      signIn: 'Anmelden',
      otherPerson: (email, yours) =>
        `Die Einladung ist für ${email}, und Sie sind als ${yours} angemeldet. Melden Sie sich ab und mit der anderen Adresse wieder an.`,
      signOut: 'Abmelden',
      accepted: 'Mit dieser Einladung ist schon jemand beigetreten. Sie gilt nur einmal.',
      isMember: (team) => `Sie sind Mitglied im Team ${team}.`,
      go: 'Zum Team',
      full: (team) =>
        `${team} hat zurzeit keinen Platz für ein weiteres Mitglied. Fragen Sie, wer Sie eingeladen hat: Die Einladung bleibt offen.`,
      expired:
        'Die Einladung ist abgelaufen. Bitten Sie, wer Sie eingeladen hat, sie erneut zu senden.',
    },
    problems: {
      'not-allowed': message(
        'Das ist nicht mehr möglich',
        'Es wurde nichts geändert. Vielleicht hat jemand das Team oder Ihre Rolle darin geändert, seit Sie die Seite geöffnet haben.',
      ),
      'not-offered': message(
        'Das Team wird Ihnen nicht mehr angeboten',
        'Es wurde nichts geändert. Der bisherige Inhaber hat das Angebot zurückgenommen oder jemand anderem gemacht.',
      ),
      addresses: message(
        'Nicht jede Angabe ist eine E-Mail-Adresse',
        'Es wurde nichts gesendet. Bitte prüfen Sie die Adressen auf Tippfehler und geben Sie höchstens 25 auf einmal ein.',
      ),
      'too-often': message(
        'Zu viele Einladungen',
        'Es wurde nichts gesendet. Bitte versuchen Sie es in einer Stunde erneut.',
      ),
      name: message(
        'Dieser Name geht nicht',
        'Bitte geben Sie 1 bis 60 Zeichen ein, und keine Webadresse.',
      ),
      'too-many': message(
        'Sie sind Inhaber von zu vielen Teams',
        'Es wurde kein Team angelegt. Löschen Sie eines, das Sie nicht mehr brauchen, oder übergeben Sie es.',
      ),
    },
  },
  billing: {
    title: 'Abrechnung',
    manage: 'Abrechnung verwalten',
    opening: 'Abrechnung wird geöffnet',
    tryAgain: 'Erneut versuchen',
    currentPlan: 'Aktueller Tarif',
    lastUpdated: (moment) => text`Zuletzt aktualisiert: ${moment}`,
    invoices: 'Rechnungen',
    noInvoices: 'Noch keine Rechnungen. Hier finden Sie zu jeder Zahlung die Rechnung.',
    paidByMonth: 'Zahlungen nach Monat',
    month: 'Monat',
    paidFrom: (amount, from, to) => text`${amount} von ${from} bis ${to}`,
    asTable: 'Als Tabelle',
    details: 'Rechnungsdaten',
    plan: 'Tarif',
    payment: 'Zahlung',
    changePlan: 'Tarif ändern',
    changeSeats: 'Plätze ändern',
    pausePlan: 'Tarif pausieren',
    cancelPlan: 'Tarif kündigen',
    keeping: 'Ihr Tarif wird beibehalten',
    resuming: 'Wird fortgesetzt',
    openingInvoice: 'Die Rechnung wird geöffnet',
    managedBy: (team) =>
      `Um Tarif und Zahlungen von ${team} kümmern sich Inhaber und Admins des Teams. Fragen Sie jemanden von ihnen:`,
    askManagers:
      'Inhaber und Admins Ihres Teams können das in Ordnung bringen. Wer sie sind, steht unter Abrechnung.',
    seeWhatToDo: 'Was Sie tun können',
    isOpen: (amount) => text`${amount} sind offen.`,
    nextAttempt: (date) => text`Der nächste Versuch ist am ${date}.`,
    lastAttempt:
      'Sie haben Ihren Tarif noch, aber wir versuchen es nicht noch einmal. Bitte zahlen Sie jetzt, um ihn zu behalten.',
    noCardOnFile: 'Es ist keine Karte hinterlegt.',
    awaitsApproval: 'Ihre Bank möchte, dass Sie die Zahlung bestätigen.',
    declined: (card) =>
      card ? `Ihre Karte (${card}) wurde abgelehnt.` : 'Ihre Karte wurde abgelehnt.',
    cardEnding: (brand, last4) => `${brand} mit den Endziffern ${last4}`,
    subscribeAgain: 'Wieder abonnieren',
    subscribing: 'Wird abonniert',
    again: (plan, price, last4) =>
      text`${plan} wieder abonnieren für ${price}. Ihre Karte mit den Endziffern ${last4} wird sofort belastet.`,
    extra: (what, until, reason) =>
      text`Zusätzlich: ${what}${until && text` bis ${until}`}${reason && `, ${reason}`}`,
    status: {
      ending: 'Läuft aus',
      active: 'Aktiv',
      trialing: 'In der Testphase',
      past_due: 'Zahlung überfällig',
      unpaid: 'Unbezahlt',
      paused: 'Pausiert',
      incomplete: 'Wartet auf Zahlung',
      canceled: 'Beendet',
      incomplete_expired: 'Nie begonnen',
    },
    declines: {
      funds: 'Auf dem Konto war nicht genug Geld.',
      limit: 'Ihr Zahlungslimit ist erreicht.',
      expired: 'Sie ist abgelaufen, oder ihr Ablaufdatum stimmt nicht.',
      code: 'Ihr Sicherheitscode ist falsch.',
      number: 'Ihre Nummer ist nicht mehr gültig.',
      address: 'Ihre Rechnungsadresse ist nicht die, die der Bank vorliegt.',
      identity: 'Ihre Bank konnte nicht bestätigen, dass Sie es waren.',
      stopped: 'Ihre Bank wurde angewiesen, diese Zahlungen nicht auszuführen.',
      currency: 'In dieser Währung kann sie nicht belastet werden.',
      kind: 'Für diese Art von Zahlung kann sie nicht verwendet werden.',
      later: 'Ihre Bank hat nicht geantwortet. Dieselbe Karte kann später funktionieren.',
      unknown: 'Ihre Bank nennt keinen Grund.',
    },
  },
  catalogue: {
    summary: ({ name }) => summaries[name],
    feature: (feature) => features[feature],
    things,
    count: (count) => numbers.format(count),
    limit: (limit) => `${germanLimits[limit].many}${limits[limit].per ? ' im Monat' : ''}`,
    names: (names) => lists.format(names),
    upToMembers: (count) => `Bis zu ${numbers.format(count)} Mitglieder`,
  },
  summary: {
    card: 'Karte',
    noCard: 'Keine hinterlegt',
    cardIs: (brand, last4) => text`${brand} mit den Endziffern ${last4}`,
    expires: (month, year) => `, gültig bis ${month}/${year}`,
    includes: 'Enthalten',
    planIncludes: (plan) => `In ${plan} enthalten`,
    price: 'Preis',
    discount: 'Rabatt',
    percentOff: (percent) => `${percent} % Rabatt`,
    amountOff: (amount) => text`${amount} Rabatt`,
    until: (date) => text` bis ${date}`,
    term: 'Laufzeit',
    endedOn: (date) => text`Beendet am ${date}`,
    pausedSince: (date) => text`Pausiert seit ${date}`,
    endsOn: (date) => text`Endet am ${date}`,
    trialEndsOn: (date) => text`Testphase endet am ${date}`,
    payments: 'Zahlungen',
    paused: 'Pausiert',
    pausedUntil: (date) => text`Pausiert bis ${date}`,
    dueNow: 'Jetzt fällig',
    nextPayment: 'Nächste Zahlung',
    amountOn: (amount, date) => text`${amount} am ${date}`,
    beforeTaxAndCredits: ', vor Steuern und Guthaben',
    beforeCredits: ', vor Guthaben',
    nextChange: 'Nächste Änderung',
    fromThen: (change, date) => text`${change}, ab ${date}`,
    oncePaid: (change, moment) =>
      text`${change}, sobald bezahlt ist. Bis dahin bleibt Ihr Tarif, wie er ist; nach ${moment} entfällt die Änderung.`,
    completePayment: 'Zahlung abschließen',
    usageBased: 'Nach Verbrauch',
    customPlan: 'Eigener Tarif',
    perPeriod: (interval, count) =>
      count === 1
        ? `pro ${periods[interval]?.one ?? interval}`
        : `alle ${count} ${periods[interval]?.many ?? interval}`,
    perSeatAnd: (interval) => `pro Platz und ${periods[interval]?.one ?? interval}`,
    includingVat: ', inkl. MwSt.',
    plusVat: ', zzgl. MwSt.',
  },
  change: {
    title: 'Tarif ändern',
    whatChanges: 'Was sich ändert',
    now: 'Jetzt',
    new: 'Neu',
    begins: 'Beginnt',
    beginsOn: (date) => text`Am ${date}`,
    atOnce: 'Sofort',
    atOnceInTrial: (date) => text`Sofort. Ihre Testphase läuft weiter bis ${date}`,
    credited: 'Gutschrift',
    forUnusedTime: (amount) => text`${amount} für ungenutzte Zeit, oben schon abgezogen`,
    creditLeft: 'Restguthaben',
    forNextPayments: (amount) => text`${amount}, wird mit Ihren nächsten Zahlungen verrechnet`,
    showPrice: 'Preis anzeigen',
    confirm: 'Änderung bestätigen',
    changing: 'Ihr Tarif wird geändert',
    back: 'Zurück zur Abrechnung',
    keepUntilThen:
      'Bis dahin behalten Sie, was Sie bezahlt haben. Unter „Abrechnung“ können Sie die Änderung mit einem Klick zurücknehmen.',
    nothingInTrial: 'Vor dem Ende Ihrer Testphase wird nichts berechnet.',
    chargedOnConfirm:
      'Der fällige Betrag wird Ihrer Karte belastet, wenn Sie bestätigen. Ihr Tarif ändert sich, sobald er bezahlt ist.',
    replaces: (plan) => `Das ersetzt die Änderung zu ${plan}, die Sie vorher gewählt haben.`,
  },
  invoices: {
    date: 'Datum',
    status: 'Status',
    amount: 'Betrag',
    withoutNumber: 'Ohne Nummer',
    pdfOf: (number) => ` der Rechnung ${number}`,
    number: 'Nummer',
    year: 'Jahr',
    find: 'Nach Nummer suchen',
    search: 'Suchen',
    noneWith: (number) => `Keine Rechnung hat „${number}“ in ihrer Nummer.`,
    noneIn: (year) => `Im Jahr ${year} gibt es keine Rechnungen.`,
    newer: 'Neuere Rechnungen',
    older: 'Ältere Rechnungen',
    partlyRefunded: (amount) => text`${amount} erstattet`,
    fromCredit: (amount) => text`${amount} aus Ihrem Guthaben`,
    credit: 'Gutschrift',
    paid: 'Bezahlt',
    open: 'Offen',
    void: 'Storniert',
    uncollectible: 'Ausgebucht',
    refunded: 'Erstattet',
    disputed: 'Angefochten',
    chargedBack: 'Zurückgebucht',
  },
  pricing: {
    description: 'Monatlich oder jährlich zahlen. Jederzeit ändern oder kündigen.',
    interval: 'Zahlungsweise',
    month: 'Monatlich',
    year: 'Jährlich',
    pricesIn: (currency) => `Preise in ${currency}.`,
    showIn: (currency) => `Preise in ${currency} zeigen`,
    code: 'Gutscheincode',
    apply: 'Einlösen',
    recommended: 'Empfohlen',
    comparison: 'Vergleich',
    yes: 'Enthalten',
    no: 'Nicht enthalten',
    trial: 'Testphase',
    days: (days) => `${days} Tage`,
    asked: 'Fragen',
    questions: [
      {
        title: 'Kann ich den Tarif später wechseln?',
        detail:
          'Ja, jederzeit, und Sie sehen vorher, was es kostet. Ein größerer Tarif, mehr Plätze oder jährliche Zahlung gelten, sobald sie bezahlt sind; der ungenutzte Teil Ihrer Zahlung wird gutgeschrieben. Wenn Sie weniger wählen, behalten Sie bis zum Ende des bezahlten Zeitraums, was Sie haben.',
      },
      {
        title: 'Wie kündige ich?',
        detail:
          'Jederzeit unter „Abrechnung“. Sie behalten Ihren Tarif bis zum Ende des bezahlten Zeitraums und zahlen danach nichts mehr. Nichts, was Sie angelegt haben, wird gelöscht.',
      },
      {
        title: 'Wer sieht meine Kartennummer?',
        detail: 'Nur Stripe, wo Sie bezahlen. Auf unsere Server gelangt sie nie.',
      },
      {
        title: 'Was passiert, wenn eine Zahlung scheitert?',
        detail:
          'Sie behalten Ihren Tarif, während wir es erneut versuchen, und bekommen eine E-Mail. Unter „Abrechnung“ können Sie bezahlen oder Ihre Karte ändern.',
      },
      {
        title: 'Wo finde ich meine Rechnungen?',
        detail: 'Unter „Abrechnung“, ab der ersten Zahlung, jede auch als PDF.',
      },
    ],
    aboutTrial: (plan, { days, card, end }) => ({
      title: `Wie funktioniert die Testphase von ${plan}?`,
      detail: `Sie ist ${days} Tage kostenlos. ${
        card
          ? 'Danach wird Ihre Karte belastet, wenn Sie nicht vorher kündigen.'
          : `Zu Beginn brauchen Sie keine Karte. Ist am Ende keine hinterlegt, ${end === 'pause' ? 'pausiert' : 'endet'} Ihr Tarif, und es wird nichts abgebucht.`
      } Je Person und Karte gibt es eine Testphase.`,
    }),
    forever: 'für immer',
    daysFree: (days, price) => text`${days} Tage kostenlos, danach ${price}.`,
    cancelBefore: 'Wenn Sie vorher kündigen, zahlen Sie nichts.',
    noCardUntilThen: 'Bis dahin brauchen Sie keine Karte.',
    save: (amount) => text`${amount} im Jahr sparen`,
    yourPlan: 'Ihr Tarif',
    yourNextPlan: 'Ihr nächster Tarif',
    startFree: 'Kostenlos beginnen',
    startTrial: 'Testphase beginnen',
    subscribe: 'Abonnieren',
    openingCheckout: 'Checkout wird geöffnet',
    seats: 'Plätze',
    members: 'Mitglieder',
    seatsFollow: (seats) =>
      `${seats === 1 ? 'Ein Platz' : `${seats} Plätze`}: einer für jedes Mitglied Ihres Teams.`,
    tooManyMembers: 'Ihr Team hat mehr Mitglieder, als dieser Tarif zulässt.',
    switchTo: (plan) => `Zu ${plan} wechseln`,
    switchToInterval: {
      month: 'Zu monatlicher Zahlung wechseln',
      year: 'Zu jährlicher Zahlung wechseln',
    },
    partOf: (feature, plans) => `${feature} ist enthalten in ${plans}`,
    otherPlansDoNot:
      'Andere Tarife enthalten das nicht. Wählen Sie dafür einen Tarif, der es enthält.',
    changesOn: (date) => `Ihr Tarif ändert sich am ${date}`,
    fromThenOn: (plan, seats, interval) =>
      `Danach haben Sie ${plan}${seats === 1 ? '' : ` mit ${seats} Plätzen`}, bezahlt pro ${periods[interval]?.one ?? interval}. Bis dahin bleibt alles, wie es ist.`,
    yourCode: (code) => `Ihr Code ${code}`,
    teamsPlan: message(
      'Sie handeln für ein Team',
      'Den Tarif wählen dessen Inhaber und Admins. Wer sie sind, steht unter Abrechnung.',
    ),
    codeForChange: message(
      'Wählen Sie einen Tarif, um Ihren Code einzulösen',
      'Was er abzieht, sehen Sie, bevor Sie den Wechsel bestätigen.',
    ),
    belowIs: 'Bei den Preisen unten steht, was er abzieht.',
    firstPurchase: 'Er gilt für Ihren ersten Kauf.',
    atLeast: (amount) => text`Er gilt ab einem Betrag von ${amount}.`,
    redeemBefore: (date) => text`Lösen Sie ihn vor dem ${date} ein.`,
    codeNotForThis: 'Ihr Code gilt nicht für diesen Tarif, Betrag oder diese Währung.',
    checkoutShows: 'Im Checkout sehen Sie, was Ihr Code vom Gesamtbetrag abzieht.',
    insteadOf: (amount) => text`statt ${amount} mit Ihrem Code`,
    forDuration: (duration) => {
      if (duration === 'forever') return '';
      if (duration === 'once') return ', für die erste Zahlung';
      return duration === 1 ? ', im ersten Monat' : `, in den ersten ${duration} Monaten`;
    },
    refusals: {
      unknown: message(
        'Dieser Code ist nicht gültig',
        'Bitte prüfen Sie die Schreibweise. Sie können auch ohne Code fortfahren.',
      ),
      over: message(
        'Dieser Code kann nicht mehr verwendet werden',
        'Er ist abgelaufen oder aufgebraucht. Sie können ohne Code fortfahren.',
      ),
      'first-only': message(
        'Dieser Code gilt für den ersten Kauf',
        'Sie haben schon einmal für einen Tarif bezahlt, darum gilt er nicht. Sie können ohne ihn fortfahren.',
      ),
      'other-plan': message(
        'Dieser Code gilt nicht für diesen Tarif',
        'Er zieht von diesem Tarif nichts ab. Sie können ohne ihn fortfahren.',
      ),
      'other-currency': message(
        'Dieser Code gilt nicht für Ihre Währung',
        'Sie zahlen in einer anderen Währung. Sie können ohne ihn fortfahren.',
      ),
      minimum: message(
        'Dieser Code gilt erst ab einem höheren Betrag',
        'Der neue Preis liegt unter seinem Mindestbetrag. Sie können ohne ihn fortfahren.',
      ),
      used: message(
        'Sie haben diesen Code schon eingelöst',
        'Sein Rabatt gilt mit dem neuen Tarif weiter, soweit er dort anwendbar ist.',
      ),
      later: message(
        'Dieser Code gilt nicht für diese Änderung',
        'Ein Code gilt für Änderungen, die sofort beginnen. Diese beginnt erst am Ende Ihres Zeitraums. Sie können ohne ihn fortfahren.',
      ),
      unanswered: message(
        'Wir konnten Ihren Code gerade nicht prüfen',
        'Bitte laden Sie diese Seite in einer Minute neu, oder fahren Sie ohne den Code fort.',
      ),
    },
  },
  problems: {
    'not-allowed': message(
      'Das dürfen Sie in diesem Team nicht',
      'Es wurde nichts geändert. Das können nur der Inhaber und die Admins des Teams.',
    ),
    unavailable: message(
      'Unser Zahlungsdienst hat nicht geantwortet',
      'Es wurde nichts geändert und nichts berechnet. Meist ist das nach einer Minute vorbei. Bitte versuchen Sie es noch einmal.',
    ),
    'not-set-up': message(
      'Wir konnten die Abrechnung nicht öffnen',
      'Der Fehler liegt bei uns. Es wurde nichts geändert und nichts berechnet. Bitte versuchen Sie es später noch einmal.',
    ),
    'customer-gone': message(
      'Ihr Abrechnungskonto wurde geschlossen',
      'Es wird nichts mehr berechnet. Ihre bisherigen Rechnungen stehen unten, und Sie können jederzeit einen neuen Tarif wählen.',
    ),
    'too-often': message(
      'Zu viele Anfragen',
      'Es wurde nichts geändert. Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.',
    ),
    'no-customer': message(
      'Es gibt noch nichts zu verwalten',
      'Die Abrechnung können Sie verwalten, sobald Sie einen Tarif gewählt haben. Bis dahin nutzen Sie den kostenlosen Tarif.',
    ),
    'already-subscribed': message(
      'Sie haben schon einen Tarif',
      'Es wurde nichts berechnet. Um ihn zu ändern, wählen Sie „Abrechnung verwalten“.',
    ),
    'account-deleted': message(
      'Dieses Konto wird gerade gelöscht',
      'Es wurde nichts gekauft, und es wird nichts berechnet.',
    ),
    'nothing-to-keep': message(
      'Ihr Tarif ist schon beendet',
      'Es wurde nichts geändert. Sie können jederzeit einen neuen Tarif wählen.',
    ),
    'nothing-paused': message(
      'Es gibt nichts fortzusetzen',
      'Ihr Tarif ist nicht mehr pausiert. Es wurde nichts geändert und nichts berechnet.',
    ),
    'no-card': message(
      'Hinterlegen Sie zuerst eine Karte',
      'Es ist keine Karte hinterlegt. Es wurde nichts geändert. Wählen Sie „Karte aktualisieren“ und versuchen Sie es dann noch einmal.',
    ),
    'card-declined': message(
      'Ihre Karte wurde abgelehnt',
      'Es wurde nichts geändert und nichts berechnet. Wählen Sie „Karte aktualisieren“, um mit einer anderen Karte zu zahlen, und versuchen Sie es dann noch einmal.',
    ),
    'no-address': message(
      'Wir brauchen Ihre Adresse',
      'Von ihr hängt die Steuer ab. Es wurde nichts berechnet. Wählen Sie „Rechnungsdaten“, um sie zu ergänzen, und versuchen Sie es dann noch einmal.',
    ),
    'preview-outdated': message(
      'Die Beträge haben sich geändert',
      'Es wurde nichts geändert und nichts berechnet. Bitte prüfen Sie die neuen Beträge unten.',
    ),
    'no-preview': message(
      'Wir können noch nicht sagen, was das kostet',
      'Unser Zahlungsdienst hat nicht geantwortet. Es wurde nichts geändert. Bitte laden Sie diese Seite in einer Minute neu.',
    ),
    'no-change': message(
      'Diesen Tarif haben Sie schon',
      'Wählen Sie etwas anderes, um zu sehen, was es kosten würde.',
    ),
    'keep-first': message(
      'Ihr Tarif läuft aus',
      'Es wurde nichts geändert. Um den Tarif zu ändern, wählen Sie zuerst „Tarif behalten“.',
    ),
    'pay-first': message(
      'Ihre letzte Zahlung ist nicht durchgegangen',
      'Es wurde nichts geändert. Sie können den Tarif ändern, sobald der offene Betrag bezahlt ist.',
    ),
    'resume-first': message(
      'Ihr Tarif ist pausiert',
      'Es wurde nichts geändert. Um den Tarif zu ändern, setzen Sie ihn zuerst fort.',
    ),
    'trial-used': message(
      'Sie hatten Ihre Testphase schon',
      'Je Person gibt es eine Testphase. Es wurde nichts geändert und nichts berechnet. Sie können ohne Testphase abonnieren.',
    ),
    'code-refused': message(
      'Ihr Code konnte nicht verwendet werden',
      'Er ist vielleicht abgelaufen oder aufgebraucht, oder er gilt nicht für diesen Kauf. Es wurde nichts berechnet. Sie können ohne ihn abonnieren.',
    ),
    'unknown-plan': message(
      'Diesen Tarif gibt es nicht',
      'Er kann sich geändert haben, seit Sie die Seite geöffnet haben. Bitte wählen Sie neu.',
    ),
    seats: message(
      'Diese Zahl von Plätzen gibt es nicht',
      'Es wurde nichts berechnet. Bitte wählen Sie eine Zahl innerhalb der Grenzen des Tarifs.',
    ),
    members: message(
      'Ihr Team hat zu viele Mitglieder für diesen Tarif',
      'Es wurde nichts geändert. Bitte wählen Sie einen Tarif für mehr Mitglieder.',
    ),
    'owns-teams': message(
      'Ihnen gehört ein Team',
      'Übergeben oder löschen Sie es zuerst. Ihr Konto wurde nicht gelöscht.',
    ),
    'other-currency': message(
      'Ihr Abrechnungskonto nutzt eine andere Währung',
      'Es wurde nichts berechnet. Solange in einer Währung etwas läuft oder offen ist, können Sie nicht in einer anderen zahlen. Bitte wählen Sie die Währung Ihrer Rechnungen.',
    ),
  },
  notices: {
    canceling: message(
      'Ihr Tarif läuft aus',
      'Sie behalten ihn bis zum Datum unten, und es wird nichts mehr berechnet.',
    ),
    kept: message(
      'Ihr Tarif läuft weiter',
      'Daran ändert sich nichts. Wenn Sie einen Rabatt angenommen haben, gilt er für Ihre nächsten Rechnungen.',
    ),
    paused: message('Ihr Tarif ist pausiert', 'Sie können ihn fortsetzen, wann immer Sie möchten.'),
    resumed: message(
      'Ihr Tarif läuft weiter',
      'Er ist wieder aktiv. Die Einzelheiten stehen unten.',
    ),
    changed: message('Ihr Tarif wurde geändert', 'Ihr neuer Tarif steht unten.'),
    planned: message(
      'Ihre Änderung ist vorgemerkt',
      'Bis zum Datum unten behalten Sie Ihren Tarif und können es sich anders überlegen.',
    ),
    'card-saved': message(
      'Ihre Karte ist gespeichert',
      'Sie wird für Ihre nächste Zahlung verwendet.',
    ),
    'card-paid': message(
      'Ihre Karte ist gespeichert und wurde belastet',
      'Was offen war, ist bezahlt. Die Karte wird auch für Ihre nächsten Zahlungen verwendet.',
    ),
    'nothing-open': message(
      'Es ist nichts mehr offen',
      'Was fällig war, ist schon bezahlt. Jetzt wurde nichts berechnet.',
    ),
    'details-saved': message(
      'Ihre Rechnungsdaten sind gespeichert',
      'Sie erscheinen auf Ihrer nächsten Rechnung.',
    ),
    subscribed: message('Vielen Dank', 'Ihr Tarif ist aktiv. Ihre Rechnungen finden Sie unten.'),
    'trial-started': message(
      'Ihre Testphase hat begonnen',
      'Was der Tarif danach kostet und ab wann, steht unten. Wenn Sie vorher kündigen, zahlen Sie nichts.',
    ),
    'second-plan': message(
      'Sie hatten schon einen Tarif',
      'Ihren ersten Tarif behalten Sie. Den zweiten haben wir gekündigt, und was Sie dafür bezahlt haben, ist auf dem Weg zurück zu Ihnen.',
    ),
    pending: message(
      'Ihre Zahlung wird bestätigt',
      'Ihr Tarif beginnt, sobald sie bestätigt ist. Sie müssen nicht noch einmal zahlen.',
    ),
    stale: message(
      'Diese Seite ist vielleicht nicht aktuell',
      'Unser Zahlungsdienst hat gerade nicht geantwortet. Ihre Änderungen erscheinen hier in Kürze.',
    ),
  },
  circumstances: {
    never_subscribed: message(
      'Sie haben keinen bezahlten Tarif',
      'Der kostenlose Tarif kostet nichts und braucht keine Karte. Wenn Sie mehr brauchen, wählen Sie einen bezahlten Tarif. Sie können ihn jederzeit ändern oder kündigen.',
    ),
    trialing: message(
      'Sie sind in der Testphase',
      'Die erste Zahlung wird am Ende der Testphase eingezogen, wenn Sie nicht vorher kündigen.',
    ),
    trialing_without_card: message(
      'Für die Zeit nach der Testphase ist keine Karte hinterlegt',
      'Hinterlegen Sie vorher eine, um den Tarif zu behalten. Ohne Karte wird nichts berechnet.',
    ),
    active: message('Ihr Tarif ist aktiv', 'Er verlängert sich automatisch, bis Sie ihn kündigen.'),
    card_expiring: message(
      'Ihre Karte läuft vor der nächsten Zahlung ab',
      'Bitte aktualisieren Sie sie vorher, damit Ihr Tarif nicht unterbrochen wird.',
    ),
    plan_retired: message(
      'Ihr Tarif wird nicht mehr verkauft',
      'Sie behalten ihn, solange Sie dafür zahlen. Wenn er beendet ist, können Sie ihn nicht noch einmal wählen.',
    ),
    canceling: message(
      'Ihr Tarif läuft aus',
      'Sie haben ihn bis zum Datum oben, und es wird nichts mehr berechnet, wenn Sie ihn nicht behalten.',
    ),
    collection_paused: message(
      'Die Zahlungen sind pausiert',
      'Sie behalten Ihren Tarif, und solange wird nichts berechnet.',
    ),
    past_due: message(
      'Ihre letzte Zahlung ist nicht durchgegangen',
      'Sie behalten Ihren Tarif, während wir es weiter versuchen. Sie müssen nicht warten: Sie können jetzt zahlen.',
    ),
    unpaid: message(
      'Ihr Tarif ruht',
      'Wir konnten Ihre letzte Zahlung nicht einziehen. Sobald sie bezahlt ist, haben Sie Ihren Tarif wieder.',
    ),
    incomplete: message(
      'Ihre erste Zahlung ist noch nicht abgeschlossen',
      'Ihr Tarif beginnt danach. Vielleicht wartet Ihre Bank auf Ihre Bestätigung. Nach einem Tag verfällt sie, und es wird nichts berechnet.',
    ),
    paused: message(
      'Ihr Tarif ist pausiert',
      'Sie haben, was der kostenlose Tarif enthält, und es wird nichts berechnet, bis Sie ihn fortsetzen.',
    ),
    trial_paused: message(
      'Ihre Testphase ist beendet',
      'Es war keine Karte hinterlegt, darum ist Ihr Tarif pausiert, und es wurde nichts berechnet. Hinterlegen Sie eine Karte und setzen Sie den Tarif dann fort.',
    ),
    trial_ended: message(
      'Ihre Testphase ist beendet',
      'Es war keine Karte hinterlegt, darum wurde Ihr Tarif nicht fortgesetzt, und es wurde nichts berechnet. Sie können wieder einen Tarif wählen.',
    ),
    trial_refused: message(
      'Sie hatten Ihre Testphase schon',
      'Je Person und Karte gibt es eine Testphase. Wir haben diese Testphase beendet, und es wurde nichts berechnet. Sie können den Tarif ohne Testphase wählen.',
    ),
    ended: message(
      'Ihr Tarif ist beendet',
      'Sie nutzen den kostenlosen Tarif. Nichts von Ihnen wurde gelöscht. Sie können wieder einen Tarif wählen.',
    ),
    never_started: message(
      'Ihr Tarif hat nie begonnen',
      'Die erste Zahlung wurde nicht rechtzeitig abgeschlossen, darum wurde nichts berechnet.',
    ),
    customer_deleted: message(
      'Ihr Abrechnungskonto wurde geschlossen',
      'Es wird nichts mehr berechnet. Sie können jederzeit einen neuen Tarif wählen.',
    ),
    unknown_price: message(
      'Sie haben einen Tarif, den wir nicht kennen',
      'Der Fehler liegt bei uns. Bitte schreiben Sie uns, wir bringen das in Ordnung.',
    ),
  },
  actions: {
    pay: 'Jetzt zahlen',
    update_card: 'Karte aktualisieren',
    resume: 'Tarif fortsetzen',
    keep: 'Tarif behalten',
    subscribe: 'Tarife ansehen',
    contact: 'Schreiben Sie uns',
  },
  teamEnd: {
    title: 'Team löschen',
    means:
      'Alles, was das Team hat, wird sofort gelöscht, für alle seine Mitglieder. Das lässt sich nicht rückgängig machen. Sichern Sie vorher Rechnungen, die Sie noch brauchen.',
    members: 'Mitglieder',
    membersLose: (count) =>
      count === 1
        ? 'Sie verlieren den Zugang.'
        : `Alle ${count} Mitglieder verlieren den Zugang, auch Sie.`,
    plan: 'Tarif',
    planEnds: (plan) => `${plan} endet sofort. Es wird nichts mehr abgebucht.`,
    refund: 'Erstattung',
    refundIs: (amount) =>
      text`${amount} für bezahlte, nicht genutzte Zeit, auf die Karte, mit der bezahlt wurde`,
    noRefund: 'Keine, denn es ist keine Zeit bezahlt, die nicht genutzt ist.',
    refundUnknown:
      'Wie viel, können wir im Moment nicht sagen. Bezahlte, nicht genutzte Zeit wird erstattet.',
    typeName: 'Geben Sie zur Bestätigung den Namen des Teams ein',
    deleting: 'Team wird gelöscht',
    problems: {
      confirm: message(
        'Das ist nicht der Name des Teams',
        'Geben Sie ihn genau so ein, wie er angezeigt wird. Das Team wurde nicht gelöscht.',
      ),
    },
  },
  goodbye: {
    title: 'Auf Wiedersehen',
    deleted: 'Ihr Konto ist gelöscht',
    detail:
      'Ihr Tarif ist beendet, es wird nichts mehr abgebucht, und Ihre Daten sind gelöscht. Das bestätigen wir Ihnen per E-Mail.',
    home: 'Zur Startseite',
  },
  audit: {
    none: 'Noch nichts. Wenn die Abrechnung geöffnet wird, Ihr Tarif sich ändert oder sich jemand mit einem neuen Browser bei Ihrem Konto anmeldet, steht es hier.',
    bySupport: ' (durch unseren Support)',
    yourPlan: 'Ihr Tarif',
    actions: {
      portal_opened: ({ purpose }) => `Abrechnung bei Stripe geöffnet: ${purpose}`,
      checkout_opened: ({ plan, interval }) =>
        `Checkout für ${plan} geöffnet, ${interval === 'year' ? 'jährlich' : 'monatlich'}`,
      signed_in: ({ browser: name }) => `Anmeldung mit einem neuen Browser: ${browser(name)}`,
      browser_signed_out: () => 'Einen Browser abgemeldet',
      signed_out_everywhere: () => 'Überall abgemeldet',
      email_changed: () => 'E-Mail-Adresse geändert',
      data_downloaded: () => 'Daten dieses Kontos heruntergeladen',
      api_key_created: () => 'API-Schlüssel erstellt',
      api_key_revoked: () => 'API-Schlüssel widerrufen',
      extra_given: ({ what }) => `Über den Tarif hinaus erhalten: ${what}`,
      extra_ended: ({ what }) => `Nicht mehr über den Tarif hinaus: ${what}`,
      team_created: () => 'Team angelegt',
      team_renamed: () => 'Team umbenannt',
      plan_moved: () => 'Tarif in ein Team verschoben',
      member_invited: () => 'Jemanden ins Team eingeladen',
      invitation_revoked: () => 'Einladung ins Team widerrufen',
      member_joined: () => 'Dem Team beigetreten',
      member_removed: () => 'Mitglied aus dem Team entfernt',
      member_left: () => 'Team verlassen',
      role_changed: () => 'Rolle eines Mitglieds geändert',
      team_offered: () => 'Team einem Mitglied angeboten',
      team_handed_over: () => 'Team übernommen',
      account_deleted: () => 'Konto gelöscht',
      team_deleted: () => 'Team gelöscht',
      command: ({ command }) => `billing ${command} ausgeführt`,
    },
    purposes: {
      home: 'Übersicht',
      payment_method_update: 'Karte',
      customer_update: 'Rechnungsdaten',
      subscription_cancel: 'Kündigung',
      subscription_pause: 'Pause',
      subscription_update: 'Tarifwechsel',
      subscription_update_confirm: 'Tarifwechsel',
    },
    changes: {
      subscribed: 'begonnen',
      trial_started: 'Testphase begonnen',
      trial_ended: 'Testphase beendet',
      upgraded: 'jetzt Ihr Tarif',
      downgraded: 'jetzt Ihr Tarif',
      downgrade_planned: 'ein Wechsel ist vorgemerkt',
      canceling: 'gekündigt, endet später',
      kept: 'läuft weiter',
      paused: 'pausiert',
      resumed: 'fortgesetzt',
      recovered: 'nach einer fehlgeschlagenen Zahlung wieder bezahlt',
      unpaid: 'nicht bezahlt',
      ended: 'beendet',
    },
    payments: {
      payment_failed_finally: 'Eine Zahlung ist endgültig fehlgeschlagen',
      refunded: 'Eine Zahlung wurde erstattet',
      refund_failed: 'Eine Erstattung kam nicht an',
      disputed: 'Eine Zahlung wurde bei der Bank angefochten',
      dispute_closed: 'Die Bank hat über eine angefochtene Zahlung entschieden',
    },
  },
};
