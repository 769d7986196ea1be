# shellcheck shell=bash
# Sourced by a script that has made the folder $work: starts the stand-in for Azure, whose process is $server and whose folder
# is $azure. The script ends it, and sources $azure/environment where it wants to be answered by it.

azure=${work:?}/azure
mkdir "$azure"
python3 -B .ci/stand-in/azure.py "$azure" &
server=$!
until [ -s "$azure/environment" ]; do
  kill -0 "$server" || exit 1
  sleep 0.2
done
