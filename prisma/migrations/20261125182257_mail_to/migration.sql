-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "locale" TEXT,
ADD COLUMN     "to" TEXT,
ALTER COLUMN "userId" DROP NOT NULL;
