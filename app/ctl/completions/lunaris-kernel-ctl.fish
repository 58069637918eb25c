# SPDX-License-Identifier: MIT
# Completion for fish.

set -l commands watch export status stats pause resume rules dedup check bus
set -l asking watch status stats pause resume rules dedup check
set -l types file.opened file.open_failed file.written process.started process.exited network.connect network.accept
set -l none "not __fish_seen_subcommand_from $commands"
set -l ctl complete -c lunaris-kernel-ctl

$ctl -f
$ctl -n $none -a watch -d 'Print events as they happen'
$ctl -n $none -a export -d 'Print what watch --save has kept'
$ctl -n $none -a status -d 'Say what the helper is doing'
$ctl -n $none -a stats -d 'Count what became of everything that was seen'
$ctl -n $none -a pause -d 'Switch the recording off'
$ctl -n $none -a resume -d 'End a pause'
$ctl -n $none -a rules -d 'List and change the path rules'
$ctl -n $none -a dedup -d 'Say or set when the same open is reported once'
$ctl -n $none -a check -d 'Say whether the helper can watch this kernel'
$ctl -n $none -a bus -d 'Be an Event Bus, or listen to it'
$ctl -n $none -l version -d 'Say which version this is'
$ctl -l help -d 'List the options'

set -l where "__fish_seen_subcommand_from $asking"
$ctl -n $where -l bus -x -a 'system session' -d 'The D-Bus of the helper'
$ctl -n $where -l no-ask -d 'Never ask for a password'

set -l where '__fish_seen_subcommand_from watch export'
$ctl -n $where -l format -x -a 'columns line json csv ocsf' -d 'How events are printed'
$ctl -n $where -l no-color -d 'No colours in columns'
$ctl -n $where -l absolute -d 'The time of day'
$ctl -n $where -l relative -d 'The seconds since the first event'
$ctl -n '__fish_seen_subcommand_from export' -F

set -l where '__fish_seen_subcommand_from watch'
$ctl -n $where -l scope -x -a 'own all' -d 'Whose events'
$ctl -n $where -l types -x -a "(__fish_append , $types)" -d 'Which events'
$ctl -n $where -l backlog -x -d 'Start with recent events'
$ctl -n $where -l count -x -d 'Stop after so many'
$ctl -n $where -l duration -x -d 'Stop after a time'
$ctl -n $where -l for -x -d 'Stop after a time'
$ctl -n $where -l save -r -F -d 'Keep the events in a new file'

$ctl -n '__fish_seen_subcommand_from stats' -l watch -d 'Once a second'
$ctl -n '__fish_seen_subcommand_from stats check' -l json -d 'As JSON'
$ctl -n '__fish_seen_subcommand_from pause' -l for -x -d 'Resume after a time'
$ctl -n '__fish_seen_subcommand_from pause resume; and not __fish_seen_subcommand_from all own' -a 'all own'

set -l where '__fish_seen_subcommand_from rules'
set -l kinds list add remove reset test
$ctl -n "$where; and not __fish_seen_subcommand_from $kinds" -a list -d 'List the rules, and how often each has decided'
$ctl -n "$where; and not __fish_seen_subcommand_from $kinds" -a add -d 'Add a rule, or change one'
$ctl -n "$where; and not __fish_seen_subcommand_from $kinds" -a remove -d 'Remove a rule'
$ctl -n "$where; and not __fish_seen_subcommand_from $kinds" -a reset -d 'Go back to the rules of the configuration'
$ctl -n "$where; and not __fish_seen_subcommand_from $kinds" -a test -d 'Say which rule decides, and why'
$ctl -n "$where; and __fish_seen_subcommand_from list test" -l json -d 'As JSON'
$ctl -n "$where; and __fish_seen_subcommand_from add; and not __fish_seen_subcommand_from exclude include" -a 'exclude include'
$ctl -n "$where; and __fish_seen_subcommand_from exclude include remove test" -F

$ctl -n '__fish_seen_subcommand_from bus; and not __fish_seen_subcommand_from serve tail' -a 'serve tail'
set -l where '__fish_seen_subcommand_from bus; and __fish_seen_subcommand_from serve'
$ctl -n $where -l producer-socket -r -F -d 'Where events come in'
$ctl -n $where -l consumer-socket -r -F -d 'Where events go out'
set -l where '__fish_seen_subcommand_from bus; and __fish_seen_subcommand_from tail'
$ctl -n $where -l consumer-socket -r -F -d 'Where the bus hands out events'
$ctl -n $where -l types -x -d 'Only these'
$ctl -n $where -l uid -x -d 'Only of this uid'
$ctl -n $where -l count -x -d 'Stop after so many'
