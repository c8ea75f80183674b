-- AlterTable
ALTER TABLE "Invoice" ADD COLUMN     "attemptCount" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "MirrorChange" (
    "id" BIGSERIAL NOT NULL,
    "customerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "objectId" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "told" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "deliveredAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastError" TEXT,

    CONSTRAINT "MirrorChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MirrorChange_deliveredAt_customerId_id_idx" ON "MirrorChange"("deliveredAt", "customerId", "id");

-- CreateIndex
CREATE INDEX "MirrorChange_userId_idx" ON "MirrorChange"("userId");

-- AddForeignKey
ALTER TABLE "MirrorChange" ADD CONSTRAINT "MirrorChange_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
