# SPDX-License-Identifier: MIT
# For tests/completions: an interactive zsh that loads the completions in the directory $1, keeps in $2 what it
# learned from them, and prints what it would offer when Tab is pressed.
fpath=($1 $fpath)
autoload -Uz compinit
compinit -u -d $2
compadd() {
    # With these it is only asked what would match.
    if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
        local -a matching
        builtin compadd -A matching "$@"
        print -rl -- "" "offer: "$^matching
    fi
    builtin compadd "$@"
}
offer() {
    zle complete-word
    print "end of"" offers" # in two pieces: the terminal shows what is typed
}
zle -N offer
bindkey '^I' offer
print "we are"" ready"
