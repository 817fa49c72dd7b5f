# Sourced by mvnw and parigot: sets JAVA_HOME to a JDK of the one feature version that Parigot runs on,
# or says which JDKs it found instead and ends. The WASM compiler is tied to the JDK, so a newer one won't do.
parigot_jdk=25

jdk_version() { # prints the feature version of the JDK in folder $1, if it has a compiler
  [ -x "$1/bin/javac" ] || return 0
  told=
  [ ! -r "$1/release" ] || told=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  # Half a second, where the JDK's own file doesn't say it.
  [ -n "$told" ] || told=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  printf '%s\n' "$told"
}

found=
path_javac=$(command -v javac || :)
[ -z "$path_javac" ] || path_javac=$(dirname "$(dirname "$(readlink -f "$path_javac")")")
for jdk in "${JAVA_HOME-}" "$path_javac" /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/local/*jdk* \
  "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
  [ -n "$jdk" ] && [ -d "$jdk" ] || continue
  version=$(jdk_version "$jdk")
  [ -n "$version" ] || continue
  if [ "$version" = "$parigot_jdk" ]; then
    JAVA_HOME=$jdk
    export JAVA_HOME
    parigot_jdk_found=yes
    break
  fi
  found="$found  JDK $version in $jdk
"
done
if [ -z "${parigot_jdk_found-}" ]; then
  {
    echo "Parigot needs a JDK $parigot_jdk, and found none."
    [ -z "$found" ] || printf 'Not usable:\n%s' "$found"
    echo "Install one (https://adoptium.net/temurin/releases/?version=$parigot_jdk) or set JAVA_HOME to it."
  } >&2
  exit 1
fi
