-- Sessions are known by a hash of their token. Whoever is signed in stays signed in.
UPDATE "Session" SET "sessionToken" = encode(sha256(convert_to("sessionToken", 'UTF8')), 'hex');

-- Counters of lib/rate-limit, in the columns and the order that rate-limiter-flexible writes.
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

CREATE INDEX "rate_limit_expire_idx" ON "rate_limit"("expire");
