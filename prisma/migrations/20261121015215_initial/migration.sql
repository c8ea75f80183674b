-- AlterTable
ALTER TABLE "Customer" DROP COLUMN "syncStamp",
ADD COLUMN     "stampTaken" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "stampWritten" INTEGER NOT NULL DEFAULT 0;
