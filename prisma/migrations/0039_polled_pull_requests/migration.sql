-- The highest number of a pull request that was open when the host was first asked: what has a higher one was opened since.
ALTER TABLE "project_webhooks" ADD COLUMN "pull_requests_since" INTEGER;
