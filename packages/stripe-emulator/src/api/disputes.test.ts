import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../test/emulator-for-tests';
import { idOf, present, seconds } from '../../test/objects';

const running = emulatorForTests();

async function pay(card: string, customer?: string): Promise<Stripe.PaymentIntent> {
  return running.stripe.paymentIntents.create({
    amount: 5000,
    currency: 'usd',
    confirm: true,
    customer,
    payment_method: card,
  });
}

/** The dispute that follows a payment with a card. */
async function disputed(card: string, customer?: string): Promise<Stripe.Dispute> {
  const { id } = await pay(card, customer);
  await running.moment();
  const { data } = await running.stripe.disputes.list({ payment_intent: id });
  return present(data[0]);
}

async function answered(card: string, text: string): Promise<Stripe.Dispute> {
  const { id } = await disputed(card);
  await running.stripe.disputes.update(id, { evidence: { uncategorized_text: text } });
  await running.moment();
  return running.stripe.disputes.retrieve(id);
}

async function available(): Promise<number> {
  const { available } = await running.stripe.balance.retrieve();
  return present(available.find(({ currency }) => currency === 'usd')).amount;
}

describe('a dispute', () => {
  test('follows the charge, and takes its money and a fee', async () => {
    const { stripe } = running;
    const { id, latest_charge } = await pay('pm_card_createDispute');
    const charge = idOf(latest_charge);
    expect((await stripe.charges.retrieve(charge)).disputed).toBe(false);
    expect((await stripe.disputes.list({ charge })).data).toEqual([]);
    const before = await available();
    await running.moment();
    expect((await stripe.charges.retrieve(charge)).disputed).toBe(true);
    const [dispute] = (await stripe.disputes.list({ charge })).data;
    expect(dispute).toMatchObject({
      amount: 5000,
      balance_transactions: [
        { amount: -5000, fee: 1500, net: -6500, reporting_category: 'dispute' },
      ],
      charge,
      evidence_details: { has_evidence: false, submission_count: 0 },
      id: expect.stringMatching(/^du_/),
      is_charge_refundable: false,
      payment_intent: id,
      reason: 'fraudulent',
      status: 'needs_response',
    });
    expect(await available()).toBe(before - 6500);
    expect(await running.eventTypes(present(dispute).id)).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
    ]);
    await expect(stripe.refunds.create({ charge })).rejects.toMatchObject({
      code: 'charge_disputed',
      message: `Charge ${charge} has been charged back; cannot issue a refund.`,
    });
  });

  test('is won with winning evidence, and the money and the fee come back', async () => {
    const before = await available();
    const dispute = await answered('pm_card_createDispute', 'winning_evidence');
    expect(dispute).toMatchObject({
      balance_transactions: [{ net: -6500 }, { net: 6500, reporting_category: 'dispute_reversal' }],
      evidence_details: { has_evidence: true, submission_count: 1, submission_method: 'manual' },
      status: 'won',
    });
    expect(await available()).toBe(before);
    expect(await running.eventTypes(dispute.id)).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.updated',
      'charge.dispute.funds_reinstated',
      'charge.dispute.closed',
    ]);
  });

  test('is lost with losing evidence', async () => {
    const dispute = await answered('pm_card_createDisputeProductNotReceived', 'losing_evidence');
    expect(dispute).toMatchObject({ reason: 'product_not_received', status: 'lost' });
    expect((await running.eventTypes(dispute.id)).slice(2)).toEqual([
      'charge.dispute.updated',
      'charge.dispute.closed',
    ]);
  });

  test('stays with the bank when the evidence says nothing of the outcome', async () => {
    const dispute = await answered('pm_card_createDispute', 'It was delivered.');
    expect(dispute.status).toBe('under_review');
    await expect(
      running.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'More' } }),
    ).rejects.toMatchObject({ message: 'Evidence has already been submitted for this dispute.' });
  });

  test('keeps evidence that is not submitted yet', async () => {
    const { stripe } = running;
    const { id } = await disputed('pm_card_createDispute');
    const staged = await stripe.disputes.update(id, {
      evidence: { customer_name: 'Ada', uncategorized_text: 'winning_evidence' },
      metadata: { case: '9' },
      submit: false,
    });
    expect(staged).toMatchObject({
      evidence: { customer_name: 'Ada' },
      evidence_details: { has_evidence: true, submission_count: 0 },
      metadata: { case: '9' },
      status: 'needs_response',
    });
    const submitted = await stripe.disputes.update(id, { submit: true });
    expect(submitted.status).toBe('under_review');
  });

  test('is accepted by closing it, once', async () => {
    const { stripe } = running;
    const { id } = await disputed('pm_card_createDispute');
    expect((await stripe.disputes.close(id)).status).toBe('lost');
    await expect(stripe.disputes.close(id)).rejects.toMatchObject({
      message: 'This dispute is already closed.',
    });
    expect((await running.eventTypes(id)).at(-1)).toBe('charge.dispute.closed');
  });

  test('is lost when nobody answers', async () => {
    const { stripe } = running;
    const { clock, customer } = await running.customerOnClock({ at: '2027-04-01T12:00:00Z' });
    const { id, created, evidence_details } = await disputed('pm_card_createDispute', customer);
    expect(created).toBe(seconds('2027-04-01T12:00:00Z'));
    expect(evidence_details.due_by).toBe(seconds('2027-04-08T23:59:59Z'));
    await running.advance(clock, seconds('2027-04-09T00:00:00Z'));
    expect((await stripe.disputes.retrieve(id)).status).toBe('lost');
  });

  test('comes twice, each for a half, with one card', async () => {
    const { id } = await pay('pm_card_createMultipleDisputes');
    await running.moment();
    const { data } = await running.stripe.disputes.list({ payment_intent: id });
    expect(data.map(({ amount }) => amount)).toEqual([2500, 2500]);
  });

  test('shows its charge, and a charge and its invoice go on as they are', async () => {
    const { stripe } = running;
    const { customer } = await running.customerOnClock({
      at: '2027-04-01T00:00:00Z',
      card: 'pm_card_createDispute',
    });
    const price = await running.recurringPrice();
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
    });
    await running.moment();
    const [charge] = (await stripe.charges.list({ customer })).data;
    const [dispute] = (
      await stripe.disputes.list({ charge: idOf(charge), expand: ['data.charge'] })
    ).data;
    expect(dispute).toMatchObject({ amount: 2000, charge: { disputed: true, refunded: false } });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
    const invoice = await stripe.invoices.retrieve(idOf(subscription.latest_invoice));
    expect(invoice.status).toBe('paid');
  });

  test('cannot be answered with files, and is not to be found by a wrong id', async () => {
    const { stripe } = running;
    const { id } = await disputed('pm_card_createDispute');
    await expect(
      stripe.disputes.update(id, { evidence: { receipt: 'file_123' } }),
    ).rejects.toMatchObject({
      message: 'The emulator does not support the parameter evidence[receipt] yet.',
    });
    await expect(stripe.disputes.retrieve('du_nope')).rejects.toMatchObject({
      message: "No such dispute: 'du_nope'",
      param: 'dispute',
      statusCode: 404,
    });
    await expect(stripe.disputes.list({ charge: 'ch_nope' })).rejects.toMatchObject({
      code: 'resource_missing',
      param: 'charge',
    });
  });
});

describe('an inquiry', () => {
  test('moves no money, and is answered by a refund', async () => {
    const { stripe } = running;
    const dispute = await disputed('pm_card_createDisputeInquiry');
    expect(dispute).toMatchObject({
      balance_transactions: [],
      is_charge_refundable: true,
      payment_method_details: { card: { case_type: 'inquiry' } },
      status: 'warning_needs_response',
    });
    expect(await running.eventTypes(dispute.id)).toEqual(['charge.dispute.created']);
    await expect(stripe.disputes.close(dispute.id)).rejects.toMatchObject({ statusCode: 400 });
    await stripe.refunds.create({ charge: idOf(dispute.charge) });
    expect((await stripe.disputes.retrieve(dispute.id)).status).toBe('warning_closed');
  });

  test('is closed by evidence, or becomes a dispute', async () => {
    const closed = await answered('pm_card_createDisputeInquiry', 'losing_evidence');
    expect(closed.status).toBe('warning_closed');
    const escalated = await answered('pm_card_createDisputeInquiry', 'escalate_inquiry_evidence');
    expect(escalated).toMatchObject({
      balance_transactions: [{ net: -6500 }],
      evidence_details: { submission_count: 0 },
      status: 'needs_response',
    });
    expect((await running.eventTypes(escalated.id)).slice(-2)).toEqual([
      'charge.dispute.updated',
      'charge.dispute.funds_withdrawn',
    ]);
  });
});

describe('special evidence', () => {
  test('for Visa says what is missing until it qualifies', async () => {
    const { stripe } = running;
    const { id, ...dispute } = await disputed('pm_card_createCe3EligibleDispute');
    expect(dispute).toMatchObject({
      enhanced_eligibility_types: ['visa_compelling_evidence_3'],
      network_reason_code: '10.4',
    });
    const identity = { customer_email_address: 'ada@example.com', product_description: 'A plan' };
    const disputed_transaction = { ...identity, merchandise_or_services: 'services' } as const;
    const half = await stripe.disputes.update(id, {
      evidence: { enhanced_evidence: { visa_compelling_evidence_3: { disputed_transaction } } },
      submit: false,
    });
    expect(half.evidence_details.enhanced_eligibility.visa_compelling_evidence_3).toEqual({
      required_actions: ['missing_prior_undisputed_transactions'],
      status: 'requires_action',
    });
    const prior = { ...identity, charge: idOf(dispute.charge) };
    const whole = await stripe.disputes.update(id, {
      evidence: {
        enhanced_evidence: {
          visa_compelling_evidence_3: {
            disputed_transaction,
            prior_undisputed_transactions: [prior, prior],
          },
        },
      },
      submit: false,
    });
    expect(whole.evidence_details.enhanced_eligibility.visa_compelling_evidence_3?.status).toBe(
      'qualified',
    );
  });

  test('for compliance is taken once its fee is acknowledged', async () => {
    const { stripe } = running;
    const { id } = await disputed('pm_card_createComplianceDispute');
    const evidence = { uncategorized_text: 'winning_evidence' };
    await expect(stripe.disputes.update(id, { evidence })).rejects.toMatchObject({
      param: 'evidence[enhanced_evidence]',
    });
    const submitted = await stripe.disputes.update(id, {
      evidence: {
        ...evidence,
        enhanced_evidence: { visa_compliance: { fee_acknowledged: true } },
      },
    });
    expect(submitted).toMatchObject({ reason: 'noncompliant', status: 'under_review' });
  });
});

describe('an early fraud warning', () => {
  test('follows the charge, and is settled by a refund', async () => {
    const { stripe } = running;
    const { id, latest_charge } = await pay('pm_card_createIssuerFraudRecord');
    await running.moment();
    const { data } = await stripe.radar.earlyFraudWarnings.list({ payment_intent: id });
    const warning = present(data[0]);
    expect(warning).toMatchObject({ actionable: true, charge: idOf(latest_charge) });
    await stripe.refunds.create({ payment_intent: id });
    const expand = ['charge'];
    expect(await stripe.radar.earlyFraudWarnings.retrieve(warning.id, { expand })).toMatchObject({
      actionable: false,
      charge: { disputed: false },
    });
    expect(await running.eventTypes(warning.id)).toEqual([
      'radar.early_fraud_warning.created',
      'radar.early_fraud_warning.updated',
    ]);
  });
});
