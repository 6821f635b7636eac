#!/usr/bin/env bash
# Fails if `dotnet format` would change a file. Analyzers run in the build already, so only whitespace and style are asked.
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

dotnet format whitespace "$root/Sluice.slnx" --verify-no-changes --no-restore
dotnet format style "$root/Sluice.slnx" --verify-no-changes --no-restore
