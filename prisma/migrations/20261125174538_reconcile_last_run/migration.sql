-- AlterTable
ALTER TABLE "ReconcileProgress" ADD COLUMN     "lastRun" JSONB;
