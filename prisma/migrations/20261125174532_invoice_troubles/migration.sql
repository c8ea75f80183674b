-- AlterTable
ALTER TABLE "Invoice" ADD COLUMN     "amountRefunded" BIGINT,
ADD COLUMN     "disputeStatus" TEXT,
ADD COLUMN     "failure" JSONB;
