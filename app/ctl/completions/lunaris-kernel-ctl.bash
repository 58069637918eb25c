# SPDX-License-Identifier: MIT
# Completion for bash. Needs nothing of the package bash-completion but being found by it.

_lunaris_kernel_ctl() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]-}
    local helper='--bus --no-ask --help' look='--format --no-color --absolute --relative'
    local types='file.opened file.open_failed file.written process.started process.exited network.connect network.accept'
    local words=
    [[ $command == @(bus|rules) && $COMP_CWORD -gt 2 ]] && command="$command ${COMP_WORDS[2]}"
    COMPREPLY=()

    case $before in
    --format) words='columns line json csv ocsf' ;;
    --scope) words='own all' ;;
    --bus) words='system session' ;;
    --types)
        # The last of a list that is separated by commas.
        local head=
        [[ $word == *,* ]] && head=${word%,*},
        mapfile -t COMPREPLY < <(compgen -P "$head" -W "$types" -- "${word##*,}")
        return
        ;;
    --save | --producer-socket | --consumer-socket)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
    --backlog | --count | --duration | --for | --uid) return ;;
    *)
        if [[ $COMP_CWORD == 1 ]]; then
            words='watch export status stats pause resume rules dedup check bus --help --version'
        else
            case $command in
            watch) words="$helper $look --scope --types --backlog --count --duration --for --save" ;;
            export)
                words="$look --help"
                if [[ $word != -* ]]; then
                    mapfile -t COMPREPLY < <(compgen -f -- "$word")
                    return
                fi
                ;;
            status) words=$helper ;;
            stats) words="$helper --watch --json" ;;
            pause) words="all own $helper --for" ;;
            resume) words="all own $helper" ;;
            rules) words='list add remove reset test' ;;
            'rules list') words="$helper --json" ;;
            'rules add' | 'rules remove' | 'rules test')
                words=$helper
                [[ $command == 'rules test' ]] && words+=' --json'
                [[ $command == 'rules add' && $COMP_CWORD == 3 ]] && words+=' exclude include'
                if [[ $word == /* ]]; then
                    mapfile -t COMPREPLY < <(compgen -f -- "$word")
                    return
                fi
                ;;
            'rules reset' | dedup) words=$helper ;;
            check) words="$helper --json" ;;
            bus) words='serve tail' ;;
            'bus serve') words='--producer-socket --consumer-socket --help' ;;
            'bus tail') words='--consumer-socket --types --uid --count --help' ;;
            esac
        fi
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -F _lunaris_kernel_ctl lunaris-kernel-ctl
