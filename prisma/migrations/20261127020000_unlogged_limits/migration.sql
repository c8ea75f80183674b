-- Each click, sign-in and API call counts here, and nobody needs to wait until a count is on the disk. After a
-- crash of PostgreSQL all limits begin anew.
ALTER TABLE "rate_limit" SET UNLOGGED;
