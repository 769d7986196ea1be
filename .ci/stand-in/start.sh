# shellcheck shell=bash
# Sourced by a script that has made the folder $work: starts the stand-in for Azure, whose process is $server and whose folder
# is $azure. The script must end it. Commands that use the stand-in need the variables of $azure/environment.

azure=${work:?}/azure
mkdir "$azure"
python3 -B .ci/stand-in/azure.py "$azure" &
server=$!
until [ -s "$azure/environment" ]; do
  kill -0 "$server" || exit 1
  sleep 0.2
done
