#!/usr/bin/env bash
# Puts the wanted version of Rollcast on PATH. RELEASES is where the releases are.
set -euo pipefail

if command -v rollcast >/dev/null && [ "$(rollcast --version)" = "rollcast $VERSION" ]; then
  echo "rollcast $VERSION is on PATH"
  exit 0
fi

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) target=x86_64-unknown-linux-musl ;;
  Linux-aarch64) target=aarch64-unknown-linux-musl ;;
  Darwin-x86_64) target=x86_64-apple-darwin ;;
  Darwin-arm64) target=aarch64-apple-darwin ;;
  MINGW*-x86_64 | MSYS*-x86_64) target=x86_64-pc-windows-msvc ;;
  *)
    echo "::error::There is no Rollcast for $(uname -s) on $(uname -m); put one on PATH before this step" >&2
    exit 1
    ;;
esac

folder="$RUNNER_TEMP/rollcast-$VERSION"
archive="rollcast-$VERSION-$target.tar.gz"
mkdir -p "$folder"
for file in "$archive" "$archive.sha256"; do
  curl --fail --silent --show-error --location --retry 3 --proto '=https,file' \
    --output "$folder/$file" "$RELEASES/v$VERSION/$file"
done

cd "$folder"
if command -v sha256sum >/dev/null; then
  sha256sum --check --strict --quiet "$archive.sha256"
else
  shasum --algorithm 256 --check "$archive.sha256"
fi
tar -xzf "$archive"
echo "$folder" >>"$GITHUB_PATH"
