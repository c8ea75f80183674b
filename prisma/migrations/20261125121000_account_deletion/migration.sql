-- An account that is being deleted is sold nothing any more.
ALTER TABLE "User" ADD COLUMN "deletingAt" TIMESTAMPTZ(3);

-- Customers of deleted accounts: a payment that still arrives for one is cancelled and refunded.
CREATE TABLE "DeletedCustomer" (
    "id" TEXT NOT NULL,
    "livemode" BOOLEAN NOT NULL,
    "lastInvoiceId" TEXT,
    "deletedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DeletedCustomer_pkey" PRIMARY KEY ("id")
);
