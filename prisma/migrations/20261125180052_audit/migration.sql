-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" TEXT NOT NULL,
    "userId" TEXT,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "cause" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AuditEntry_cause_key" ON "AuditEntry"("cause");

-- CreateIndex
CREATE INDEX "AuditEntry_userId_createdAt_idx" ON "AuditEntry"("userId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "AuditEntry_createdAt_idx" ON "AuditEntry"("createdAt");

-- Entries are only added. Deleting an account puts a keyed hash in place of its id, and takes out what only
-- the person can have written or used; what is older than a year may be removed.
CREATE FUNCTION audit_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD."createdAt" < CURRENT_TIMESTAMP - interval '1 year' THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD."userId" NOT LIKE 'deleted:%' AND NEW."userId" LIKE 'deleted:%'
    AND (NEW.id, NEW.actor, NEW.action, NEW."createdAt") = (OLD.id, OLD.actor, OLD.action, OLD."createdAt")
    AND OLD.details @> NEW.details
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Audit entries are only added.';
END $$;

CREATE TRIGGER audit_entry_is_kept BEFORE UPDATE OR DELETE ON "AuditEntry"
FOR EACH ROW EXECUTE FUNCTION audit_entry_is_kept();

-- Visits of the Billing Portal become entries.
INSERT INTO "AuditEntry" (id, "userId", actor, action, details, "createdAt")
SELECT id, "userId", 'person', 'portal_opened',
  jsonb_strip_nulls(jsonb_build_object('purpose', purpose, 'requestId', "requestId")), "createdAt"
FROM "PortalVisit";

DROP TABLE "PortalVisit";
