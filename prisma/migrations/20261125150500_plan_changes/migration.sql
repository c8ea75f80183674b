-- The discount for staying is offered once a year.
ALTER TABLE "User" ADD COLUMN "retentionOfferedAt" TIMESTAMPTZ(3);

-- The change of plan that is to come, and why a subscription ends.
ALTER TABLE "Subscription" ADD COLUMN "nextChange" JSONB,
ADD COLUMN "cancelReason" TEXT,
ADD COLUMN "cancelFeedback" TEXT,
ADD COLUMN "cancelComment" TEXT;
