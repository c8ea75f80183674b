-- AlterTable
ALTER TABLE "Customer" RENAME COLUMN "stampTaken" TO "lastSequence";
ALTER TABLE "Customer" RENAME COLUMN "customerStamp" TO "customerSequence";
ALTER TABLE "Customer" RENAME COLUMN "subscriptionsStamp" TO "subscriptionsSequence";
ALTER TABLE "Customer" RENAME COLUMN "invoicesStamp" TO "invoicesSequence";

-- AlterTable
ALTER TABLE "Customer" DROP COLUMN "entitlements",
DROP COLUMN "entitlementsStamp",
DROP COLUMN "entitlementsSyncedAt";
