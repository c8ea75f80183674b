-- Drops what only the version before billing accounts reads and writes. Apply this when none of its processes
-- is running any more: docs/operations.md says in which order to deploy.

DROP TRIGGER mirror_names_user ON "Subscription";
DROP TRIGGER mirror_names_user ON "Invoice";
DROP FUNCTION mirror_names_user();

-- AlterTable
ALTER TABLE "Invoice" DROP COLUMN "userId";

-- AlterTable
ALTER TABLE "Subscription" DROP COLUMN "userId";

-- AlterTable
ALTER TABLE "User" DROP COLUMN "deletingAt",
DROP COLUMN "retentionOfferedAt";
