-- Whoever pays is a billing account: a person or a team. Everything that belonged to a user belongs to the
-- user's billing account now, which has the same id. This only adds: the version before can run on it.

-- Nobody signs up between the copy of the users and the trigger that follows them.
LOCK TABLE "User" IN SHARE ROW EXCLUSIVE MODE;

-- DropForeignKey
ALTER TABLE "ApiKey" DROP CONSTRAINT "ApiKey_userId_fkey";

-- DropForeignKey
ALTER TABLE "Customer" DROP CONSTRAINT "Customer_userId_fkey";

-- DropForeignKey
ALTER TABLE "Grant" DROP CONSTRAINT "Grant_userId_fkey";

-- DropForeignKey
ALTER TABLE "Invoice" DROP CONSTRAINT "Invoice_userId_fkey";

-- DropForeignKey
ALTER TABLE "Mail" DROP CONSTRAINT "Mail_userId_fkey";

-- DropForeignKey
ALTER TABLE "MirrorChange" DROP CONSTRAINT "MirrorChange_userId_fkey";

-- DropForeignKey
ALTER TABLE "Project" DROP CONSTRAINT "Project_userId_fkey";

-- DropForeignKey
ALTER TABLE "Subscription" DROP CONSTRAINT "Subscription_userId_fkey";

-- DropForeignKey
ALTER TABLE "UsageCounter" DROP CONSTRAINT "UsageCounter_userId_fkey";

-- AlterTable
ALTER TABLE "AuditEntry" ADD COLUMN     "personId" TEXT;

-- AlterTable
ALTER TABLE "Invoice" ALTER COLUMN "userId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "actingFor" TEXT;

-- AlterTable
ALTER TABLE "Subscription" ALTER COLUMN "userId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "BillingAccount" (
    "id" TEXT NOT NULL,
    "userId" TEXT,
    "teamId" TEXT,
    "deletingAt" TIMESTAMPTZ(3),
    "retentionOfferedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BillingAccount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Team" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "stripeCustomerId" TEXT,
    "seatsDueAt" TIMESTAMPTZ(3),
    "seatsChange" INTEGER NOT NULL DEFAULT 0,
    "seatsAttempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "id" TEXT NOT NULL,
    "teamId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "offeredAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" TEXT NOT NULL,
    "teamId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "sent" INTEGER NOT NULL DEFAULT 1,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "BillingAccount_userId_key" ON "BillingAccount"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "BillingAccount_teamId_key" ON "BillingAccount"("teamId");

-- CreateIndex
CREATE UNIQUE INDEX "Team_stripeCustomerId_key" ON "Team"("stripeCustomerId");

-- CreateIndex
CREATE INDEX "Team_seatsDueAt_idx" ON "Team"("seatsDueAt");

-- CreateIndex
CREATE INDEX "Member_userId_idx" ON "Member"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Member_teamId_userId_key" ON "Member"("teamId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_token_key" ON "Invitation"("token");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_teamId_email_key" ON "Invitation"("teamId", "email");

-- CreateIndex
CREATE INDEX "AuditEntry_personId_idx" ON "AuditEntry"("personId");

-- CreateIndex
CREATE INDEX "Session_actingFor_idx" ON "Session"("actingFor");

INSERT INTO "BillingAccount" (id, "userId", "deletingAt", "retentionOfferedAt", "createdAt")
SELECT id, id, "deletingAt", "retentionOfferedAt", "createdAt" FROM "User";

-- It belongs to a person or to a team, and has the same id.
ALTER TABLE "BillingAccount" ADD CONSTRAINT "BillingAccount_owner" CHECK (
  num_nonnulls("userId", "teamId") = 1 AND id = COALESCE("userId", "teamId")
);

CREATE FUNCTION create_billing_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'User' THEN
    INSERT INTO "BillingAccount" (id, "userId", "createdAt") VALUES (NEW.id, NEW.id, NEW."createdAt");
  ELSE
    INSERT INTO "BillingAccount" (id, "teamId", "createdAt") VALUES (NEW.id, NEW.id, NEW."createdAt");
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER create_billing_account AFTER INSERT ON "User"
FOR EACH ROW EXECUTE FUNCTION create_billing_account();

CREATE TRIGGER create_billing_account AFTER INSERT ON "Team"
FOR EACH ROW EXECUTE FUNCTION create_billing_account();

-- The version before finds subscriptions and invoices by their user. They go with the next migration.
CREATE FUNCTION mirror_names_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."userId" := COALESCE(NEW."userId", (SELECT "userId" FROM "Customer" WHERE id = NEW."customerId"));
  RETURN NEW;
END $$;

CREATE TRIGGER mirror_names_user BEFORE INSERT ON "Subscription"
FOR EACH ROW EXECUTE FUNCTION mirror_names_user();

CREATE TRIGGER mirror_names_user BEFORE INSERT ON "Invoice"
FOR EACH ROW EXECUTE FUNCTION mirror_names_user();

-- The keyed hash of a deleted account also takes the place of the person who acted for a team.
CREATE OR REPLACE FUNCTION audit_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD."createdAt" < CURRENT_TIMESTAMP - interval '1 year' THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE'
    AND (NEW.id, NEW.actor, NEW.action, NEW."createdAt") = (OLD.id, OLD.actor, OLD.action, OLD."createdAt")
    AND (NEW."userId", NEW."personId") IS DISTINCT FROM (OLD."userId", OLD."personId")
    AND (NEW."userId" IS NOT DISTINCT FROM OLD."userId"
      OR (OLD."userId" NOT LIKE 'deleted:%' AND NEW."userId" LIKE 'deleted:%'))
    AND (NEW."personId" IS NOT DISTINCT FROM OLD."personId"
      OR (OLD."personId" NOT LIKE 'deleted:%' AND NEW."personId" LIKE 'deleted:%'))
    AND OLD.details @> NEW.details
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Audit entries are only added.';
END $$;

-- AddForeignKey
ALTER TABLE "BillingAccount" ADD CONSTRAINT "BillingAccount_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BillingAccount" ADD CONSTRAINT "BillingAccount_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_actingFor_fkey" FOREIGN KEY ("actingFor") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Customer" ADD CONSTRAINT "Customer_userId_fkey" FOREIGN KEY ("userId") REFERENCES "BillingAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_userId_fkey" FOREIGN KEY ("userId") REFERENCES "BillingAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MirrorChange" ADD CONSTRAINT "MirrorChange_userId_fkey" FOREIGN KEY ("userId") REFERENCES "BillingAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mail" ADD CONSTRAINT "Mail_userId_fkey" FOREIGN KEY ("userId") REFERENCES "BillingAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UsageCounter" ADD CONSTRAINT "UsageCounter_userId_fkey" FOREIGN KEY ("userId") REFERENCES "BillingAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Project" ADD CONSTRAINT "Project_userId_fkey" FOREIGN KEY ("userId") REFERENCES "BillingAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_userId_fkey" FOREIGN KEY ("userId") REFERENCES "BillingAccount"("id") ON DELETE CASCADE ON UPDATE CASCADE;
