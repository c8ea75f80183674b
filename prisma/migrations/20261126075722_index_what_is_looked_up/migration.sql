-- Nobody can write to a table while its index is made. On tables of millions of rows, make them beforehand:
-- each of these statements with CREATE INDEX CONCURRENTLY.

DROP INDEX IF EXISTS "Invoice_userId_createdAt_idx";
DROP INDEX IF EXISTS "Subscription_userId_idx";
CREATE INDEX IF NOT EXISTS "DeletedCustomer_deletedAt_idx" ON "DeletedCustomer"("deletedAt");
CREATE INDEX IF NOT EXISTS "Grant_until_idx" ON "Grant"("until");
CREATE INDEX IF NOT EXISTS "Invitation_email_idx" ON "Invitation"("email");
CREATE INDEX IF NOT EXISTS "Invitation_expires_idx" ON "Invitation"("expires");
CREATE INDEX IF NOT EXISTS "Mail_outcome_doneAt_idx" ON "Mail"("outcome", "doneAt");
CREATE INDEX IF NOT EXISTS "Session_expires_idx" ON "Session"("expires");
CREATE INDEX IF NOT EXISTS "StripeEvent_processedAt_idx" ON "StripeEvent"("processedAt");
CREATE INDEX IF NOT EXISTS "Subscription_canceledAt_idx" ON "Subscription"("canceledAt");
CREATE INDEX IF NOT EXISTS "TrialUse_subscriptionId_idx" ON "TrialUse"("subscriptionId");
CREATE INDEX IF NOT EXISTS "TrialUse_createdAt_idx" ON "TrialUse"("createdAt");
CREATE INDEX IF NOT EXISTS "UsageCounter_periodEnd_idx" ON "UsageCounter"("periodEnd");
CREATE INDEX IF NOT EXISTS "VerificationToken_identifier_idx" ON "VerificationToken"("identifier" text_pattern_ops);
CREATE INDEX IF NOT EXISTS "VerificationToken_expires_idx" ON "VerificationToken"("expires");
