#!/usr/bin/env bash
# Publishes the version of package.json unless npm has it. Run by the release workflow: npm demands for provenance that
# package.json names the repository that builds it, so the repository is taken from the workflow.
set -euo pipefail
repository="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"
npm pkg set repository.type=git "repository.url=git+$repository.git" "bugs.url=$repository/issues" "homepage=$repository#readme"
export NPM_CONFIG_PROVENANCE=true
npx changeset publish
