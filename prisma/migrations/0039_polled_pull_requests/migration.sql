-- When the host was first asked for its open pull requests: those that were there before are audited when they change.
ALTER TABLE "project_webhooks" ADD COLUMN "pull_requests_read_at" TIMESTAMPTZ(3);
