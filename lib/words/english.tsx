import type { ReactNode } from 'react';
import {
  type Feature,
  features,
  type Limit,
  limits,
  type Plan,
  type Trial,
} from '../billing/plans';
import { product } from '../product';
import { message, text } from './text';

/** What the texts about an entry of the audit can mention. */
export type AuditFacts = Record<
  'purpose' | 'plan' | 'interval' | 'browser' | 'what' | 'command',
  string
>;
const numbers = new Intl.NumberFormat('en');
const lists = new Intl.ListFormat('en');

/** Everything that pages say, in English. Another language is a file like this one. */
export const english = {
  shell: {
    skip: 'Skip to content',
    navigation: 'Main',
    pricing: 'Pricing',
    signIn: 'Sign in',
    dashboard: 'Dashboard',
    projects: 'Projects',
    billing: 'Billing',
    settings: 'Settings',
    plansAndPrices: 'Plans and prices',
    account: 'Account',
    actingFor: 'Acting for',
    yourself: 'Yourself',
    newTeam: 'New team',
    team: 'Team',
  },
  look: {
    language: 'Language',
    asBrowser: 'As my browser says',
    theme: 'Theme',
    asSystem: 'As my system says',
    light: 'Light',
    dark: 'Dark',
    changing: 'Changing',
  },
  landing: {
    billing: 'Billing page',
    preview:
      'The billing page as your customers see it, with sample data: their plan, the next payment, the card on file, and every invoice.',
    howItWorks: 'How it works',
    steps: [
      message(
        'Click',
        'Manage billing is a plain form. It works before JavaScript has loaded, and without it.',
      ),
      message(
        'Look up',
        'The session says who the user is, and the database which customer they are at Stripe. Nothing that the browser sends is trusted.',
      ),
      message(
        'Open',
        'One request to Stripe creates a portal session, and the user is redirected to it. Card numbers never reach this app.',
      ),
      message(
        'Return',
        'The subscription is read again from Stripe before the page is shown, so it is correct even when the webhook is late.',
      ),
    ],
    plans: 'Plans',
    compare: 'Compare plans',
  },
  signIn: {
    title: 'Sign in',
    byEmail: 'By e-mail',
    how: 'We will send you a link that signs you in. New here? The same link creates your account.',
    email: 'Email',
    send: 'Send sign-in link',
    sending: 'Sending the link',
    byAccount: 'With another account',
    continueWith: (provider: string) => `Continue with ${provider}`,
    sentTitle: 'Check your e-mail',
    onItsWay: 'The link is on its way',
    openIt: `Open the e-mail from ${product.name} on this device and follow the link. It works once and expires after 24 hours.`,
    nothing: (again: (text: string) => ReactNode) =>
      text`Nothing after a minute? Check your spam folder, or ${again('send another link')}.`,
    confirmTitle: `Sign in to ${product.name}`,
    oneMoreClick: 'One more click',
    signedInAs: (email: ReactNode) => text`You’ll be signed in as ${email}.`,
    problems: {
      Verification: message(
        'That link no longer works',
        'Each link works once and expires after 24 hours. Request a new one below.',
      ),
      InvalidEmail: message(
        'That is not an e-mail address',
        'Please check it for typos, such as a missing @, and try again.',
      ),
      TooManyLinks: message(
        'Too many sign-in links',
        'The latest one in your inbox still works. If none has arrived, try again in an hour.',
      ),
      EmailSignin: message(
        'We could not send the e-mail',
        'The problem is on our side. Please try again in a minute.',
      ),
      OAuthAccountNotLinked: message(
        'You already have an account',
        'It was created another way with the same e-mail address. Sign in by e-mail instead.',
      ),
      provider: message(
        'The other service did not sign you in',
        'Please try again, or sign in by e-mail.',
      ),
      other: message(
        'Signing in did not work',
        'Please try again. If it happens again, write to us at the address below.',
      ),
    },
  },
  notFound: {
    title: 'Page not found',
    whatToDo: 'What to do',
    why: 'The address may be mistyped, or the page may have moved.',
    dashboard: 'Go to your dashboard',
    home: 'Home page',
  },
  unavailable: {
    title: 'Temporarily unavailable',
    heading: 'We’ll be right back',
    detail: `${product.name} can’t load this page right now. The problem is on our side. Please try again in a few seconds.`,
  },
  settings: {
    title: 'Settings',
    saved: message('Saved', 'Your profile has been updated.'),
    linkSent: message(
      'Check your e-mail',
      'We have sent a link to your new address. It works for an hour.',
    ),
    ended: message('Browser signed out', 'To use your account there, you have to sign in again.'),
    profile: 'Profile',
    name: 'Name',
    nameHint: 'How we address you. You can leave it empty.',
    save: 'Save',
    saving: 'Saving',
    signIn: 'Sign-in',
    linksGoHere:
      'We send sign-in links to this address. You can set a different one for invoices in billing.',
    thisBrowser: 'This browser',
    otherBrowser: 'Another browser',
    /** By its name in English: `Chrome on macOS`. */
    browser: (name: string) => name,
    signedInOn: (moment: ReactNode) => text`Signed in on ${moment}`,
    signOut: 'Sign out',
    signOutThere: 'Sign out there',
    signOutEverywhere: 'Sign out everywhere',
    signingOut: 'Signing out',
    emails: 'E-mails',
    wantsTips: 'Welcome me to a new plan, and tell me when I reach a limit',
    alwaysSent: 'E-mails about payments and your plan are always sent.',
    updateEmails: 'Update e-mail choice',
    activity: 'Recent activity',
    yourData: 'Your data',
    dataIs: 'Everything that we hold about you, as a JSON file.',
    download: 'Download my data',
    deleteAccount: 'Delete account',
    deletionMeans:
      'Your plan ends immediately, you will not be charged again, and all your data is deleted. This cannot be undone. Save any invoices you still need first.',
    staysAWhile: 'What stays for a while:',
    /** What outlives a deleted account, by its table. */
    outlives: {
      AuditEntry: (days: number) =>
        `What was done with the account, without your name or address, for disputes: ${days} days.`,
      DeletedCustomer: (days: number) =>
        `Your customer number at Stripe, to refund a payment that still arrives: ${days} days.`,
      StripeEvent: (days: number) =>
        `Which messages Stripe sent about that number, without their contents: ${days} days.`,
      TrialUse: (days: number) =>
        `A keyed hash of your address and card, so that a free trial is had once: ${days} days.`,
    },
    ownsTeams: (teams: readonly string[]) =>
      `You own ${lists.format(teams)}. Before you delete your account, hand ${teams.length === 1 ? 'it' : 'each'} over or delete it: switch to the team in your account menu.`,
    newEmail: 'New e-mail address',
    newEmailHint: 'We send a link to it. Until you follow the link, nothing changes.',
    changeEmail: 'Change e-mail address',
    sendingLink: 'Sending',
    oneMoreClick: 'One more click',
    linksWillGoTo: (email: ReactNode, former: string) =>
      text`Sign-in links will go to ${email} instead of ${former}.`,
    useThisEmail: 'Use this address',
    typeEmail: 'Type your e-mail address to confirm',
    deleting: 'Deleting your account',
    problems: {
      name: message(
        'That name is too long',
        'A name can have up to 100 characters. Your profile was not changed.',
      ),
      email: message(
        'That address cannot be used',
        'Type an e-mail address other than your present one. Nothing was changed.',
      ),
      'email-unsent': message(
        'We could not send the e-mail',
        'The problem is on our side. Please try again in a minute.',
      ),
      'email-link': message(
        'That link no longer works',
        'It may have expired, or the address is in use by now. Your address was not changed.',
      ),
      confirm: message(
        'That is not your e-mail address',
        'Type it exactly as shown under Sign-in. Your account was not deleted.',
      ),
    },
  },
  usage: {
    title: 'Usage',
    /** So many of what a plan limits. */
    amount: (limit: Limit, count: number) => {
      const { one, many, per } = limits[limit];
      return `${numbers.format(count)} ${count === 1 ? one : many}${per ? ` a ${per}` : ''}`;
    },
    used: (used: number, amount: string) => `${numbers.format(used)} of ${amount}`,
    onlyLeft: (count: number) => `Only ${count} left.`,
    noneLeft: 'None left.',
    keepAll: (count: number) => `You keep all ${count}.`,
    makeRoom: (count: number, canChange: boolean) =>
      `To create another, delete ${count === 1 ? 'one' : `${count} of them`}${canChange ? ' or change your plan' : ''}.`,
    planIncludes: (plan: string, amount: string) => `The ${plan} plan includes ${amount}.`,
    yourPlanIncludes: (plan: string, amount: string) => `Your ${plan} plan includes ${amount}`,
    startsAgain: (day: ReactNode) => text`Counting starts again on ${day}`,
  },
  dashboard: {
    title: 'Dashboard',
    welcome: 'Welcome',
    hello: (name: string) => `Hello, ${name}`,
    yourPlan: (plan: string) => `You are on the ${plan} plan.`,
    trialEnds: (day: ReactNode) => text`Your trial ends on ${day}.`,
    thenYouPay: (amount: ReactNode) => text`If you keep the plan, you pay ${amount} then.`,
    billing: 'Go to billing',
  },
  projects: {
    title: 'Projects',
    yours: 'Your projects',
    none: 'No projects yet. Create your first one: all it needs is a name.',
    createdOn: (day: ReactNode) => text`Created on ${day}`,
    all: 'All projects',
    new: 'New project',
    opening: 'Opening the form',
    details: 'Details',
    name: 'Name',
    create: 'Create',
    creating: 'Creating the project',
    rename: 'Rename',
    renameProject: 'Rename project',
    renaming: 'Renaming the project',
    delete: 'Delete',
    deleting: 'Deleting the project',
    export: 'Export',
    exportIs: 'All your projects, as a CSV file for a spreadsheet.',
    start: 'Start here',
    first:
      'Create your first project. It needs only a name, and you can rename or delete it at any time.',
    createFirst: 'Create a project',
    activity: 'Recent activity',
    happened: {
      created: (name: string) => `Project ${name} created`,
      exported: (_: string) => 'Projects exported',
      key_created: (name: string) => `API key ${name} created`,
      key_used: (name: string) => `API key ${name} used`,
    },
    problems: {
      name: message(
        'That name does not work',
        'A name has between 1 and 100 characters. Nothing was changed.',
      ),
      'export-failed': message(
        'The export failed',
        'It does not count towards your limit. Please try again.',
      ),
    },
  },
  apiKeys: {
    title: 'API keys',
    partOf: (plan: string) => `${features.api} is part of the ${plan} plan.`,
    keyName: (number: number) => `Key ${number}`,
    workAgain: 'Your keys work again as soon as you have it.',
    createdOn: (day: ReactNode) => text`Created on ${day}`,
    usedOn: (moment: ReactNode) => text`last used on ${moment}`,
    notUsed: 'not used yet',
    madeBy: (who: string) => `, by ${who}`,
    askManagers: 'The owner and the admins of a team manage its API keys.',
    endsWith: (team: string) =>
      `These keys are for the team ${team}. Each works as long as whoever created it is in the team and may manage keys.`,
    revoke: 'Revoke',
    revoking: 'Revoking the key',
    /** Of the form, which runs in the browser: plain texts. */
    form: {
      shown: 'Your new API key',
      copyIt: 'Copy it now and keep it secret. You will not see it again.',
      label: 'What the key is for',
      create: 'Create API key',
      creating: 'Creating the key',
    },
    problems: {
      'key-name': message(
        'That does not work as a name for a key',
        'It has between 1 and 100 characters. No key was created.',
      ),
      'key-exists': message(
        'You already have a key with that name',
        'No key was created. If you did not copy the existing one, revoke it and create another.',
      ),
      'too-many-keys': message(
        'You have too many API keys',
        'No key was created. Revoke one that you do not use any more.',
      ),
    },
  },
  team: {
    title: 'Team',
    members: 'Members',
    invitations: 'Invitations',
    noInvitations: 'Nobody has an open invitation.',
    you: (name: string) => `${name} (you)`,
    roles: { owner: 'Owner', admin: 'Admin', member: 'Member' },
    mayDo: {
      admin: 'Admins manage members and billing. Members use what the team has.',
      owner: 'Only the owner can hand the team over or delete it.',
    },
    offered: 'The team is offered to them, and they have not accepted it yet.',
    makeAdmin: 'Make admin',
    makeMember: 'Make member',
    handOver: 'Hand over',
    takeBack: 'Take offer back',
    remove: 'Remove',
    saving: 'Saving',
    isOffered: message(
      'The owner offers you this team',
      'As its owner you decide who manages it, and whether it is deleted. The present owner becomes an admin.',
    ),
    accept: 'Become owner',
    invite: 'Invite',
    expires: (day: ReactNode) => text`Expires on ${day}`,
    expired: (day: ReactNode) => text`Expired on ${day}`,
    resend: 'Resend',
    revoke: 'Revoke',
    sending: 'Sending',
    nameTitle: 'Name',
    name: 'Team name',
    save: 'Save name',
    leave: 'Leave',
    leaveTitle: 'Leave the team',
    leaveMeans:
      'You lose access to what the team has at once. To come back you need a new invitation.',
    leaving: 'Leaving the team',
    end: 'Delete team',
    endMeans: 'The next page says what is lost and what is paid back.',
    /** The page that invites. */
    invitePage: {
      title: 'Invite people',
      who: 'Who',
      addresses: 'E-mail addresses',
      addressesHint: 'Up to 25, divided by commas, spaces or lines.',
      role: 'Role',
      send: 'Send invitations',
      linkIs: 'Each gets a link that works for seven days, for that address alone.',
      cost: 'Cost',
      included: 'Another member costs nothing more.',
      full: 'Your plan has no room for another member. Whoever you invite can join once there is.',
      changePlan: 'See plans',
      costs: (dueNow: ReactNode, price: ReactNode) =>
        text`Each member who joins costs ${dueNow} today, and ${price} from the next payment on.`,
      costsLater: (price: ReactNode) =>
        text`Each member who joins costs nothing today, and ${price} from the next payment on.`,
      unknown:
        'We cannot say at the moment what another member costs today. Each seat costs what your plan says.',
      whenCharged: 'An invitation that nobody accepts costs nothing.',
    },
    /** The page that makes a team. */
    newPage: {
      title: 'New team',
      means:
        'A team has its own plan, invoices and members, apart from your own account. You will be its owner.',
      create: 'Create team',
      creating: 'Creating the team',
    },
    /** The page that gives a team what somebody pays for themselves. */
    movePage: {
      link: 'Move my plan to a team',
      title: 'Move your plan to a team',
      means:
        'The plan, card, invoices and discounts become the team’s, with what you have used and stored. Nothing is charged for it. You are on the free plan yourself afterwards.',
      to: 'To',
      noTeam: 'You own no team yet.',
      move: 'Move my plan to a team',
      moving: 'Moving your plan',
      problems: {
        'has-plan': (team: string) => `${team} pays for a plan of its own, or has paid before.`,
        'too-small': (team: string, members: number) =>
          `${team} has ${members} members, more than your plan is paid for. Change your plan first.`,
      },
    },
    /** The page that the link in an invitation leads to, for each person who may open it. */
    invitation: {
      name: 'Invitation',
      title: (team: string) => `Join ${team}`,
      gone: message(
        'This link does not work',
        'The invitation was taken back, or a newer one was sent to you. Ask whoever invited you.',
      ),
      open: (team: string) =>
        `You are invited to ${team}. You will use the plan that the team has, and pay nothing for it.`,
      join: 'Join',
      joining: 'Joining the team',
      signedOut: (email: string) =>
        `The invitation is for ${email}. Sign in with that address to join.`,
      noAccount: (email: string) =>
        `The invitation is for ${email}. Enter that address to get a link that signs you in: you need no account yet.`,
      signIn: 'Sign in',
      otherPerson: (email: string, yours: string) =>
        `The invitation is for ${email}, and you are signed in as ${yours}. Sign out, then sign in with that address.`,
      signOut: 'Sign out',
      accepted: 'Somebody has joined with this invitation already. It works once.',
      isMember: (team: string) => `You are a member of ${team}.`,
      go: 'Go to the team',
      full: (team: string) =>
        `${team} has no room for another member at the moment. Ask whoever invited you: the invitation stays open.`,
      expired: 'The invitation has expired. Ask whoever invited you to send it again.',
    },
    /** Why something was not done: TeamError, by the key in the page's address. */
    problems: {
      'not-allowed': message(
        'That is no longer possible',
        'Nothing was changed. Somebody may have changed the team, or your role in it, since you opened the page.',
      ),
      'not-offered': message(
        'The team is no longer offered to you',
        'Nothing was changed. The owner has taken the offer back, or offers it to somebody else.',
      ),
      addresses: message(
        'Not every address is an e-mail address',
        'Nothing was sent. Please check them for typos, and enter at most 25 at a time.',
      ),
      'too-often': message(
        'Too many invitations',
        'Nothing was sent. Please try again in an hour.',
      ),
      name: message(
        'That name does not work',
        'Please enter 1 to 60 characters, and no web address.',
      ),
      'too-many': message(
        'You own too many teams',
        'No team was created. Delete one that you do not need any more, or hand it over.',
      ),
    },
  },
  billing: {
    title: 'Billing',
    manage: 'Manage billing',
    opening: 'Opening billing',
    tryAgain: 'Try again',
    currentPlan: 'Current plan',
    lastUpdated: (moment: ReactNode) => text`Last updated ${moment}`,
    invoices: 'Invoices',
    noInvoices: 'No invoices yet. You will find the invoice for each payment here.',
    paidByMonth: 'Paid by month',
    month: 'Month',
    paidFrom: (amount: ReactNode, from: ReactNode, to: ReactNode) =>
      text`${amount} from ${from} to ${to}`,
    asTable: 'As a table',
    details: 'Billing details',
    plan: 'Plan',
    payment: 'Payment',
    changePlan: 'Change plan',
    changeSeats: 'Change seats',
    pausePlan: 'Pause plan',
    cancelPlan: 'Cancel plan',
    keeping: 'Keeping your plan',
    resuming: 'Resuming',
    openingInvoice: 'Opening the invoice',
    seeWhatToDo: 'See what to do',
    managedBy: (team: string) =>
      `The owner and the admins of ${team} manage its plan and payments. Ask one of them:`,
    askManagers:
      'The owner and the admins of your team can put this right. Billing says who they are.',
    isOpen: (amount: ReactNode) => text`${amount} is open.`,
    nextAttempt: (date: ReactNode) => text`The next attempt is on ${date}.`,
    lastAttempt: 'You still have your plan, but we will not try again. Please pay now to keep it.',
    noCardOnFile: 'There is no card on file.',
    awaitsApproval: 'Your bank wants you to approve the payment.',
    declined: (card: string | null) =>
      card ? `Your card (${card}) was declined.` : 'Your card was declined.',
    cardEnding: (brand: string, last4: string) => `${brand} ending in ${last4}`,
    subscribeAgain: 'Subscribe again',
    subscribing: 'Subscribing',
    again: (plan: string, price: ReactNode, last4: string) =>
      text`Subscribe again to ${plan} for ${price}. Your card ending in ${last4} is charged at once.`,
    extra: (what: string, until: ReactNode, reason: string | null) =>
      text`Extra: ${what}${until && text` until ${until}`}${reason && `, ${reason}`}`,
    status: {
      ending: 'Ending',
      active: 'Active',
      trialing: 'On trial',
      past_due: 'Payment overdue',
      unpaid: 'Unpaid',
      paused: 'Paused',
      incomplete: 'Waiting for payment',
      canceled: 'Ended',
      incomplete_expired: 'Never started',
    },
    /** Why a card was refused, in one or two sentences about the card. */
    declines: {
      funds: 'There was not enough money in the account.',
      limit: 'It has reached its limit for payments.',
      expired: 'It has expired, or its expiry date is wrong.',
      code: 'Its security code is wrong.',
      number: 'Its number is not valid any more.',
      address: 'Its billing address is not the one that the bank knows.',
      identity: 'Your bank could not confirm that it was you.',
      stopped: 'Your bank was told to stop these payments.',
      currency: 'It cannot pay in this currency.',
      kind: 'It cannot be used for this kind of payment.',
      later: 'Your bank did not answer. The same card may work later.',
      unknown: 'Your bank does not say why.',
    },
  },
  /** What plans are and include: what they are called is in lib/billing/plans. */
  catalogue: {
    summary: ({ summary }: Plan) => summary,
    feature: (feature: Feature): string => features[feature],
    things: (limit: Limit, count: number) =>
      `${numbers.format(count)} ${count === 1 ? limits[limit].one : limits[limit].many}`,
    count: (count: number) => numbers.format(count),
    /** What a limit counts, as the name of a row. */
    limit: (limit: Limit) => {
      const { many, per } = limits[limit];
      return `${many.charAt(0).toUpperCase()}${many.slice(1)}${per ? ` a ${per}` : ''}`;
    },
    names: (names: readonly string[]) => lists.format(names),
    upToMembers: (count: number) => `Up to ${numbers.format(count)} members`,
  },
  summary: {
    card: 'Card',
    noCard: 'None on file',
    cardIs: (brand: ReactNode, last4: string) => text`${brand} ending in ${last4}`,
    expires: (month: string, year: number) => `, expires ${month}/${year}`,
    includes: 'Includes',
    planIncludes: (plan: string) => `${plan} includes`,
    price: 'Price',
    discount: 'Discount',
    percentOff: (percent: number) => `${percent}% off`,
    amountOff: (amount: ReactNode) => text`${amount} off`,
    until: (date: ReactNode) => text` until ${date}`,
    term: 'Term',
    endedOn: (date: ReactNode) => text`Ended on ${date}`,
    pausedSince: (date: ReactNode) => text`Paused since ${date}`,
    endsOn: (date: ReactNode) => text`Ends on ${date}`,
    trialEndsOn: (date: ReactNode) => text`Trial ends on ${date}`,
    payments: 'Payments',
    paused: 'Paused',
    pausedUntil: (date: ReactNode) => text`Paused until ${date}`,
    dueNow: 'Due now',
    nextPayment: 'Next payment',
    amountOn: (amount: ReactNode, date: ReactNode) => text`${amount} on ${date}`,
    beforeTaxAndCredits: ', before tax and credits',
    beforeCredits: ', before credits',
    nextChange: 'Next change',
    fromThen: (change: ReactNode, date: ReactNode) => text`${change}, from ${date}`,
    oncePaid: (change: ReactNode, moment: ReactNode) =>
      text`${change}, once it is paid. Your plan stays as it is until then; after ${moment} the change is dropped.`,
    completePayment: 'Complete the payment',
    usageBased: 'Usage-based',
    customPlan: 'Custom plan',
    perPeriod: (interval: string, count: number) =>
      count === 1 ? `per ${interval}` : `every ${count} ${interval}s`,
    perSeatAnd: (interval: string) => `per seat and ${interval}`,
    includingVat: ', incl. VAT',
    plusVat: ', plus VAT',
  },
  change: {
    title: 'Change your plan',
    whatChanges: 'What changes',
    now: 'Now',
    new: 'New',
    begins: 'Begins',
    beginsOn: (date: ReactNode) => text`On ${date}`,
    atOnce: 'At once',
    atOnceInTrial: (date: ReactNode) => text`At once. Your trial goes on until ${date}`,
    credited: 'Credited',
    forUnusedTime: (amount: ReactNode) => text`${amount} for unused time, included above`,
    creditLeft: 'Credit left',
    forNextPayments: (amount: ReactNode) => text`${amount}, used for your next payments`,
    showPrice: 'Show the price',
    confirm: 'Confirm change',
    changing: 'Changing your plan',
    back: 'Back to billing',
    keepUntilThen:
      'You keep what you have paid for until then. Under Billing you can take the change back with one click.',
    nothingInTrial: 'Nothing is charged before your trial ends.',
    chargedOnConfirm:
      'The amount due is charged to your card when you confirm. Your plan changes once it is paid.',
    replaces: (plan: string) => `This replaces the change to ${plan} that you have chosen before.`,
  },
  invoices: {
    date: 'Date',
    status: 'Status',
    amount: 'Amount',
    withoutNumber: 'Without a number',
    pdfOf: (number: string) => ` of invoice ${number}`,
    number: 'Number',
    year: 'Year',
    find: 'Find by number',
    search: 'Find',
    noneWith: (number: string) => `No invoice has “${number}” in its number.`,
    noneIn: (year: number) => `No invoices in ${year}.`,
    newer: 'Newer invoices',
    older: 'Older invoices',
    partlyRefunded: (amount: ReactNode) => text`${amount} refunded`,
    fromCredit: (amount: ReactNode) => text`${amount} from your credit`,
    credit: 'Credit',
    paid: 'Paid',
    open: 'Open',
    void: 'Void',
    uncollectible: 'Written off',
    refunded: 'Refunded',
    disputed: 'Disputed',
    chargedBack: 'Charged back',
  },
  pricing: {
    description: 'Pay monthly or yearly. Change or cancel at any time.',
    interval: 'Billing interval',
    month: 'Monthly',
    year: 'Yearly',
    pricesIn: (currency: string) => `Prices in ${currency}.`,
    showIn: (currency: string) => `Show prices in ${currency}`,
    code: 'Promotion code',
    apply: 'Apply',
    recommended: 'Recommended',
    comparison: 'Comparison',
    yes: 'Included',
    no: 'Not included',
    trial: 'Free trial',
    days: (days: number) => `${days} days`,
    asked: 'Questions',
    questions: [
      {
        title: 'Can I change my plan later?',
        detail:
          'Yes, at any time, and you see what it costs before you confirm. A larger plan, more seats or yearly payment begin once they are paid, and the unused part of what you have paid is credited. If you choose less, you keep what you have until the end of the period you have paid for.',
      },
      {
        title: 'How do I cancel?',
        detail:
          'Under Billing, at any time. You keep your plan until the end of the period you have paid for, and you are not charged again. Nothing you made is deleted.',
      },
      {
        title: 'Who sees my card number?',
        detail: 'Only Stripe, where you pay. It never reaches our servers.',
      },
      {
        title: 'What happens if a payment fails?',
        detail:
          'You keep your plan while we try again, and we tell you by e-mail. You can pay or update your card under Billing.',
      },
      {
        title: 'Where are my invoices?',
        detail: 'Under Billing, from the first payment on, each also as a PDF.',
      },
    ],
    aboutTrial: (plan: string, { days, card, end }: Trial) => ({
      title: `How does the trial of ${plan} work?`,
      detail: `It is free for ${days} days. ${
        card
          ? 'Your card is charged when it ends, unless you cancel before.'
          : `You need no card to start. If there is none when it ends, your plan ${end === 'pause' ? 'is paused' : 'ends'} and nothing is charged.`
      } There is one free trial per person and card.`,
    }),
    forever: 'forever',
    daysFree: (days: number, price: ReactNode) => text`${days} days free, then ${price}.`,
    cancelBefore: 'Cancel before then, and you pay nothing.',
    noCardUntilThen: 'You need no card until then.',
    save: (amount: ReactNode) => text`Save ${amount} a year`,
    yourPlan: 'Your plan',
    yourNextPlan: 'Your next plan',
    startFree: 'Start free',
    startTrial: 'Start trial',
    subscribe: 'Subscribe',
    openingCheckout: 'Opening Checkout',
    seats: 'Seats',
    members: 'Members',
    seatsFollow: (seats: number) =>
      `${seats === 1 ? 'One seat' : `${seats} seats`}: one for each member of your team.`,
    tooManyMembers: 'Your team has more members than this plan allows.',
    switchTo: (plan: string) => `Switch to ${plan}`,
    switchToInterval: { month: 'Switch to monthly', year: 'Switch to yearly' },
    partOf: (feature: string, plans: string) => `${feature} is part of ${plans}`,
    otherPlansDoNot: 'Other plans do not include it. To use it, choose a plan that does.',
    changesOn: (date: string) => `Your plan changes on ${date}`,
    fromThenOn: (plan: string, seats: number, interval: string) =>
      `From then on you have ${plan}${seats === 1 ? '' : ` with ${seats} seats`}, paid by the ${interval}. Until then everything stays as it is.`,
    yourCode: (code: string) => `Your code ${code}`,
    belowIs: 'The prices below say what it takes off.',
    teamsPlan: message(
      'You act for a team',
      'Its owner and its admins choose the plan. Billing says who they are.',
    ),
    codeForChange: message(
      'Choose a plan to use your code',
      'You see what it takes off before you confirm the change.',
    ),
    firstPurchase: 'It is for your first purchase.',
    atLeast: (amount: ReactNode) => text`It is for purchases of at least ${amount}.`,
    redeemBefore: (date: ReactNode) => text`Use it before ${date}.`,
    codeNotForThis: 'Your code is not for this plan, amount or currency.',
    checkoutShows: 'Checkout shows what your code takes off the whole amount.',
    insteadOf: (amount: ReactNode) => text`instead of ${amount} with your code`,
    forDuration: (duration: 'once' | 'forever' | number) => {
      if (duration === 'forever') return '';
      if (duration === 'once') return ', for the first payment';
      return `, for the first ${duration === 1 ? 'month' : `${duration} months`}`;
    },
    refusals: {
      unknown: message(
        'That code is not valid',
        'Please check its spelling. You can also go on without a code.',
      ),
      over: message(
        'That code can no longer be used',
        'It has expired or was used up. You can go on without a code.',
      ),
      'first-only': message(
        'That code is for a first purchase',
        'You have paid for a plan before, so it cannot be used. You can go on without it.',
      ),
      'other-plan': message(
        'That code is not for this plan',
        'It takes nothing off this plan. You can go on without it.',
      ),
      'other-currency': message(
        'That code is not for your currency',
        'You pay in another currency. You can go on without it.',
      ),
      minimum: message(
        'That code is for a larger amount',
        'The new price is below what it asks for. You can go on without it.',
      ),
      used: message(
        'You have already used that code',
        'Its discount continues with your new plan, as far as it applies there.',
      ),
      later: message(
        'That code cannot be used for this change',
        'A code is for changes that begin at once, and this one begins at the end of your period. You can go on without it.',
      ),
      unanswered: message(
        'We could not check your code just now',
        'Please reload this page in a minute, or go on without the code.',
      ),
    },
  },
  /** Of what went wrong in billing, by the key in the page's address. */
  problems: {
    'not-allowed': message(
      'You may not do that in this team',
      'Nothing was changed. Only its owner and its admins can do it.',
    ),
    unavailable: message(
      'Our payment provider did not answer',
      'Nothing was changed and nothing was charged. This is usually over within a minute, so please try again.',
    ),
    'not-set-up': message(
      'We could not open billing',
      'This is a fault on our side. Nothing was changed and nothing was charged. Please try again later.',
    ),
    'customer-gone': message(
      'Your billing account was closed',
      'You will not be charged again. Your past invoices are listed below, and you can choose a new plan at any time.',
    ),
    'too-often': message(
      'Too many requests',
      'Nothing was changed. Please wait a minute, then try again.',
    ),
    'no-customer': message(
      'There is nothing to manage yet',
      'You can manage billing once you have chosen a plan. Until then, you are on the free plan.',
    ),
    'already-subscribed': message(
      'You already have a plan',
      'Nothing was charged. To change it, use Manage billing.',
    ),
    'account-deleted': message(
      'This account is being deleted',
      'Nothing was bought, and nothing will be charged.',
    ),
    'nothing-to-keep': message(
      'Your plan has already ended',
      'Nothing was changed. You can choose a new plan at any time.',
    ),
    'nothing-paused': message(
      'There is nothing to resume',
      'Your plan is not paused any more. Nothing was changed and nothing was charged.',
    ),
    'no-card': message(
      'Add a card first',
      'There is no card on file to pay with. Nothing was changed. Choose Update card, then try again.',
    ),
    'card-declined': message(
      'Your card was declined',
      'Nothing was changed and nothing was charged. Choose Update card to pay with another card, then try again.',
    ),
    'no-address': message(
      'We need your address',
      'The tax depends on it. Nothing was charged. Choose Billing details to add it, then try again.',
    ),
    'preview-outdated': message(
      'The amounts have changed',
      'Nothing was changed and nothing was charged. Please check the new amounts below.',
    ),
    'no-preview': message(
      'We cannot say yet what this costs',
      'Our payment provider did not answer. Nothing was changed. Please load this page again in a minute.',
    ),
    'no-change': message(
      'You already have this plan',
      'Choose something else to see what it would cost.',
    ),
    'keep-first': message(
      'Your plan is going to end',
      'Nothing was changed. To change your plan, first choose Keep plan.',
    ),
    'pay-first': message(
      'Your last payment did not go through',
      'Nothing was changed. You can change your plan once the open payment is made.',
    ),
    'resume-first': message(
      'Your plan is paused',
      'Nothing was changed. To change your plan, resume it first.',
    ),
    'trial-used': message(
      'You have had your trial already',
      'There is one free trial per person. Nothing was changed and nothing was charged. You can subscribe without a trial.',
    ),
    'code-refused': message(
      'Your code could not be used',
      'It may have expired or been used up, or is not for this purchase. Nothing was charged. You can subscribe without it.',
    ),
    'unknown-plan': message(
      'That plan is not available',
      'It may have changed since you opened the page. Please choose again.',
    ),
    seats: message(
      'That number of seats is not available',
      'Nothing was charged. Please choose a number within the limits of the plan.',
    ),
    members: message(
      'Your team has too many members for that plan',
      'Nothing was changed. Please choose a plan for more members.',
    ),
    'owns-teams': message(
      'You own a team',
      'Hand it over or delete it first. Your account was not deleted.',
    ),
    'other-currency': message(
      'Your billing account uses another currency',
      'Nothing was charged. As long as something is running or open in one currency, you cannot pay in another. Please choose the currency of your invoices.',
    ),
  },
  /** Of what was done in billing, by the key in the page's address. */
  notices: {
    canceling: message(
      'Your plan will end',
      'You keep it until the date below and will not be charged again.',
    ),
    kept: message(
      'Your plan continues',
      'Nothing about it changes. If you accepted a discount, it applies to your next invoices.',
    ),
    paused: message('Your plan is paused', 'You can resume it whenever you like.'),
    resumed: message('Your plan continues', 'It is active again. See the details below.'),
    changed: message('Your plan has changed', 'Your new plan is shown below.'),
    planned: message(
      'Your change is scheduled',
      'You keep your plan until the date below. Until then, you can change your mind.',
    ),
    'card-saved': message('Your card is saved', 'It will be used for your next payment.'),
    'card-paid': message(
      'Your card is saved and charged',
      'The open amount is paid. The card will be used for your next payments, too.',
    ),
    'nothing-open': message(
      'Nothing is open any more',
      'What was due has already been paid. Nothing was charged now.',
    ),
    'details-saved': message(
      'Your billing details are saved',
      'They will appear on your next invoice.',
    ),
    subscribed: message('Thank you', 'Your plan is active. You can find your invoices below.'),
    'trial-started': message(
      'Your trial has started',
      'What it costs afterwards, and from when, is shown below. Cancel before then, and you pay nothing.',
    ),
    'second-plan': message(
      'You already had a plan',
      'You keep your first plan. We canceled the second one, and what you paid for it is on its way back to you.',
    ),
    pending: message(
      'Your payment is being confirmed',
      'Your plan starts as soon as it is. You do not need to pay again.',
    ),
    stale: message(
      'This page may be out of date',
      'Our payment provider did not answer just now. Your changes will appear here shortly.',
    ),
  },
  /** How somebody stands, by the rows of lib/billing/circumstances. */
  circumstances: {
    never_subscribed: message(
      'You have no paid plan',
      'The free plan costs nothing and needs no card. If you need more, choose a paid plan. You can change or cancel it at any time.',
    ),
    trialing: message(
      'You are on trial',
      'The first payment is taken when the trial ends, unless you cancel before.',
    ),
    trialing_without_card: message(
      'There is no card for the time after your trial',
      'Add one before it ends to keep your plan. Without one, nothing is charged.',
    ),
    active: message('Your plan is active', 'It renews automatically until you cancel it.'),
    card_expiring: message(
      'Your card expires before the next payment',
      'Please update it before then so that your plan is not interrupted.',
    ),
    plan_retired: message(
      'Your plan is no longer sold',
      'You keep it for as long as you pay for it. Once it has ended, you cannot choose it again.',
    ),
    canceling: message(
      'Your plan will end',
      'You have it until the date above, and will not be charged again unless you keep it.',
    ),
    collection_paused: message(
      'Payments are paused',
      'You keep your plan and are not charged while they are.',
    ),
    past_due: message(
      'Your last payment did not go through',
      'You keep your plan while we try again. You do not have to wait: you can pay now.',
    ),
    unpaid: message(
      'Your plan is on hold',
      'We could not collect your last payment. You get your plan back as soon as it is paid.',
    ),
    incomplete: message(
      'Your first payment is not complete',
      'Your plan starts once it is. Your bank may be waiting for you to approve it. After a day it lapses, and nothing is charged.',
    ),
    paused: message(
      'Your plan is paused',
      'You have what the free plan includes and are not charged until you resume it.',
    ),
    trial_paused: message(
      'Your trial has ended',
      'There was no card on file, so your plan is paused and nothing was charged. Add a card, then resume your plan.',
    ),
    trial_ended: message(
      'Your trial has ended',
      'There was no card on file, so your plan did not continue and nothing was charged. You can choose a plan again.',
    ),
    trial_refused: message(
      'You have had your trial already',
      'There is one free trial per person and card. We ended this trial, and nothing was charged. You can choose the plan without a trial.',
    ),
    ended: message(
      'Your plan has ended',
      'You are on the free plan. Nothing you made was deleted. You can choose a plan again.',
    ),
    never_started: message(
      'Your plan never started',
      'The first payment was not completed in time, so nothing was charged.',
    ),
    customer_deleted: message(
      'Your billing account was closed',
      'You will not be charged again. You can choose a new plan at any time.',
    ),
    unknown_price: message(
      'You have a plan that we do not recognize',
      'This is a fault on our side. Please write to us, and we will put it right.',
    ),
  },
  /** The buttons for what can be done about it. */
  actions: {
    pay: 'Pay now',
    update_card: 'Update card',
    resume: 'Resume plan',
    keep: 'Keep plan',
    subscribe: 'See the plans',
    contact: 'Write to us',
  },
  /** The page that deletes a team. */
  teamEnd: {
    title: 'Delete team',
    means:
      'All that the team has is deleted at once, for everybody in it. This cannot be undone. Save any invoices you still need first.',
    members: 'Members',
    membersLose: (count: number) =>
      count === 1 ? 'You lose access.' : `All ${count} members lose access, you too.`,
    plan: 'Plan',
    planEnds: (plan: string) => `${plan} ends immediately. Nothing will be charged again.`,
    refund: 'Refund',
    refundIs: (amount: ReactNode) =>
      text`${amount} for the time that is paid and not used, to the card it was paid with`,
    noRefund: 'Nothing, because no time is paid that is not used.',
    refundUnknown:
      'We cannot say at the moment how much. Time that is paid and not used is refunded.',
    typeName: 'Type the name of the team to confirm',
    deleting: 'Deleting the team',
    problems: {
      confirm: message(
        'That is not the name of the team',
        'Type it exactly as shown. The team was not deleted.',
      ),
    },
  },
  goodbye: {
    title: 'Goodbye',
    deleted: 'Your account is deleted',
    detail:
      'Your plan has ended, you will not be charged again, and your data is deleted. We are sending you an e-mail that says so.',
    home: 'To the home page',
  },
  /** What was done to an account's money and access: lib/audit. */
  audit: {
    none: 'Nothing yet. Whenever billing is opened, your plan changes, or somebody signs in to your account with a new browser, it is listed here.',
    bySupport: ' (by our support)',
    yourPlan: 'Your plan',
    /** By the action; what happened to the plan and its payments is below. */
    actions: {
      portal_opened: ({ purpose }) => `Opened billing at Stripe: ${purpose}`,
      checkout_opened: ({ plan, interval }) => `Opened Checkout for ${plan}, by the ${interval}`,
      signed_in: ({ browser }) => `Signed in with a new browser: ${browser}`,
      browser_signed_out: () => 'Signed out one browser',
      signed_out_everywhere: () => 'Signed out everywhere',
      email_changed: () => 'E-mail address changed',
      data_downloaded: () => 'Downloaded the data of this account',
      api_key_created: () => 'Created an API key',
      api_key_revoked: () => 'Revoked an API key',
      extra_given: ({ what }) => `Given beyond the plan: ${what}`,
      extra_ended: ({ what }) => `No longer given beyond the plan: ${what}`,
      team_created: () => 'Created the team',
      team_renamed: () => 'Renamed the team',
      plan_moved: () => 'Moved the plan to a team',
      member_invited: () => 'Invited somebody to the team',
      invitation_revoked: () => 'Revoked an invitation to the team',
      member_joined: () => 'Joined the team',
      member_removed: () => 'Removed a member of the team',
      member_left: () => 'Left the team',
      role_changed: () => 'Changed the role of a member of the team',
      team_offered: () => 'Offered the team to a member',
      team_handed_over: () => 'Became the owner of the team',
      account_deleted: () => 'Account deleted',
      team_deleted: () => 'Deleted the team',
      command: ({ command }) => `Ran billing ${command}`,
    } satisfies Record<string, (facts: AuditFacts) => string>,
    purposes: {
      home: 'overview',
      payment_method_update: 'card',
      customer_update: 'billing details',
      subscription_cancel: 'cancellation',
      subscription_pause: 'pause',
      subscription_update: 'plan change',
      subscription_update_confirm: 'plan switch',
    },
    changes: {
      subscribed: 'started',
      trial_started: 'trial started',
      trial_ended: 'trial ended',
      upgraded: 'now your plan',
      downgraded: 'now your plan',
      downgrade_planned: 'a change is planned',
      canceling: 'canceled, ends later',
      kept: 'continues',
      paused: 'paused',
      resumed: 'resumed',
      recovered: 'paid again after a failed payment',
      unpaid: 'not paid',
      ended: 'ended',
    },
    payments: {
      payment_failed_finally: 'A payment failed for good',
      refunded: 'A payment was refunded',
      refund_failed: 'A refund did not arrive',
      disputed: 'A payment was disputed at the bank',
      dispute_closed: 'The bank decided about a disputed payment',
    },
  },
};

/** What a language has to say. One that lacks a text, or has one too many, does not compile. */
export type Words = typeof english;
