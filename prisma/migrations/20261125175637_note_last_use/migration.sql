-- AlterTable
ALTER TABLE "UsageCounter" ADD COLUMN     "lastUsedAt" TIMESTAMPTZ(3);
