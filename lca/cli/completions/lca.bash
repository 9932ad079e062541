# Completion of lca in bash; made by `python docs/generate.py`.
_lca() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} words="" kind=""
  case $command in factors) ((COMP_CWORD < 3)) || command+=" ${COMP_WORDS[2]}" ;; esac
  if ((COMP_CWORD == 1)); then words="new serve form check assess report methods explain compare sweep diff dnsh review seal reproduce import export factors formula recompute keys schema doctor completion --help --version"; else
    case "$command $before" in
      "new --template") words="shortest training finetuning cluster api federated field-study student" kind=anything ;;
      "new --lang") words="en fr" kind=anything ;;
      "serve --lang") words="en fr" kind=anything ;;
      "serve --port") words="" kind=anything ;;
      "serve --host") words="" kind=anything ;;
      "serve --name") words="" kind=anything ;;
      "serve --token") words="" kind=anything ;;
      "serve --sessions") words="" kind=folder ;;
      "serve --hours") words="" kind=anything ;;
      "form -o"|"form --output") words="" kind=folder ;;
      "form --lang") words="en fr" kind=anything ;;
      "check --budget") words="" kind=anything ;;
      "check --lang") words="en fr" kind=anything ;;
      "check --as-of") words="" kind=anything ;;
      "check --checklist") words="" kind=file ;;
      "check --call") words="" kind=anything ;;
      "assess --lang") words="en fr" kind=anything ;;
      "assess --draws") words="" kind=anything ;;
      "assess --seed") words="" kind=anything ;;
      "assess --factors") words="" kind=anything ;;
      "assess --as-of") words="" kind=anything ;;
      "assess --checklist") words="" kind=file ;;
      "assess --call") words="" kind=anything ;;
      "report -o"|"report --output") words="" kind=folder ;;
      "report --lang") words="en fr" kind=anything ;;
      "report --layout") words="dossier full page" kind=anything ;;
      "report --theme") words="" kind=folder ;;
      "report --draws") words="" kind=anything ;;
      "report --seed") words="" kind=anything ;;
      "report --factors") words="" kind=anything ;;
      "report --as-of") words="" kind=anything ;;
      "report --checklist") words="" kind=file ;;
      "report --call") words="" kind=anything ;;
      "methods --lang") words="en fr" kind=anything ;;
      "methods --as-of") words="" kind=anything ;;
      "methods --checklist") words="" kind=file ;;
      "methods --call") words="" kind=anything ;;
      "explain --lang") words="en fr" kind=anything ;;
      "explain --draws") words="" kind=anything ;;
      "explain --seed") words="" kind=anything ;;
      "explain --factors") words="" kind=anything ;;
      "explain --as-of") words="" kind=anything ;;
      "explain --checklist") words="" kind=file ;;
      "explain --call") words="" kind=anything ;;
      "compare -o"|"compare --output") words="" kind=folder ;;
      "compare --lang") words="en fr" kind=anything ;;
      "compare --draws") words="" kind=anything ;;
      "compare --seed") words="" kind=anything ;;
      "compare --factors") words="" kind=anything ;;
      "compare --as-of") words="" kind=anything ;;
      "sweep --site") words="" kind=anything ;;
      "sweep --machine") words="" kind=anything ;;
      "sweep --activity") words="" kind=anything ;;
      "sweep --lang") words="en fr" kind=anything ;;
      "sweep --draws") words="" kind=anything ;;
      "sweep --seed") words="" kind=anything ;;
      "sweep --factors") words="" kind=anything ;;
      "sweep --as-of") words="" kind=anything ;;
      "diff --lang") words="en fr" kind=anything ;;
      "diff --draws") words="" kind=anything ;;
      "diff --seed") words="" kind=anything ;;
      "diff --factors") words="" kind=anything ;;
      "diff --as-of") words="" kind=anything ;;
      "diff --checklist") words="" kind=file ;;
      "diff --call") words="" kind=anything ;;
      "dnsh --site") words="" kind=anything ;;
      "dnsh --form") words="" kind=anything ;;
      "dnsh --draws") words="" kind=anything ;;
      "dnsh --seed") words="" kind=anything ;;
      "dnsh --factors") words="" kind=anything ;;
      "dnsh --lang") words="en fr" kind=anything ;;
      "dnsh --format") words="text html docx" kind=anything ;;
      "dnsh -o"|"dnsh --output") words="" kind=file ;;
      "dnsh --as-of") words="" kind=anything ;;
      "dnsh --checklist") words="" kind=file ;;
      "dnsh --call") words="" kind=anything ;;
      "review --expert") words="" kind=anything ;;
      "review -o"|"review --output") words="" kind=file ;;
      "review --lang") words="en fr" kind=anything ;;
      "review --draws") words="" kind=anything ;;
      "review --seed") words="" kind=anything ;;
      "review --factors") words="" kind=anything ;;
      "review --as-of") words="" kind=anything ;;
      "review --checklist") words="" kind=file ;;
      "review --call") words="" kind=anything ;;
      "seal -o"|"seal --output") words="" kind=file ;;
      "seal --lang") words="en fr" kind=anything ;;
      "seal --draws") words="" kind=anything ;;
      "seal --seed") words="" kind=anything ;;
      "seal --factors") words="" kind=anything ;;
      "seal --as-of") words="" kind=anything ;;
      "seal --checklist") words="" kind=file ;;
      "seal --call") words="" kind=anything ;;
      "reproduce --evidence") words="" kind=folder ;;
      "reproduce --theme") words="" kind=folder ;;
      "reproduce --lang") words="en fr" kind=anything ;;
      "import -o"|"import --output") words="" kind=file ;;
      "import --into") words="" kind=file ;;
      "export --as") words="" kind=anything ;;
      "export -o"|"export --output") words="" kind=file ;;
      "export --lang") words="en fr" kind=anything ;;
      "export --draws") words="" kind=anything ;;
      "export --seed") words="" kind=anything ;;
      "export --factors") words="" kind=anything ;;
      "export --as-of") words="" kind=anything ;;
      "export --checklist") words="" kind=file ;;
      "export --call") words="" kind=anything ;;
      "factors diff --rows") words="" kind=anything ;;
      "factors diff --lang") words="en fr" kind=anything ;;
      "factors diff --as-of") words="" kind=anything ;;
      "recompute --descriptors") words="" kind=folder ;;
      "recompute --lang") words="en fr" kind=anything ;;
      "recompute --as-of") words="" kind=anything ;;
      "keys --lang") words="en fr" kind=anything ;;
      "schema --lang") words="en fr" kind=anything ;;
      "doctor --lang") words="en fr" kind=anything ;;
      *)
        case $command in
          "new") words="" kind=file; [[ $word != -* ]] || words="-h --help --template --lang" ;;
          "serve") words="" kind=file; [[ $word != -* ]] || words="-h --help --lang --port --host --name --token --sessions --hours --no-browser --forget" ;;
          "form") words="" kind=anything; [[ $word != -* ]] || words="-h --help --static -o --output --lang" ;;
          "check") words="" kind=file; [[ $word != -* ]] || words="-h --help --json --strict --fill --budget --table --lang --as-of --checklist --call" ;;
          "assess") words="" kind=file; [[ $word != -* ]] || words="-h --help --lang --json --sobol --draws --seed --factors --as-of --checklist --call" ;;
          "report") words="" kind=file; [[ $word != -* ]] || words="-h --help --html --pdf -o --output --lang --layout --theme --png --attach-evidence --deposit --draws --seed --factors --as-of --checklist --call" ;;
          "methods") words="" kind=file; [[ $word != -* ]] || words="-h --help --lang --json --as-of --checklist --call" ;;
          "explain") words="" kind=file; [[ $word != -* ]] || words="-h --help --lang --json --draws --seed --factors --as-of --checklist --call" ;;
          "compare") words="" kind=file; [[ $word != -* ]] || words="-h --help --json --html --pdf -o --output --lang --draws --seed --factors --as-of" ;;
          "sweep") words="location hosting generation lifetime utilisation volume experiments federated reuse" kind=file; [[ $word != -* ]] || words="-h --help --site --machine --activity --lang --json --draws --seed --factors --as-of" ;;
          "diff") words="" kind=file; [[ $word != -* ]] || words="-h --help --lang --json --draws --seed --factors --as-of --checklist --call" ;;
          "dnsh") words="letter export" kind=file; [[ $word != -* ]] || words="-h --help --json --site --form --draws --seed --factors --lang --format -o --output --as-of --checklist --call" ;;
          "review") words="new show merge" kind=file; [[ $word != -* ]] || words="-h --help --expert -o --output --json --lang --draws --seed --factors --as-of --checklist --call" ;;
          "seal") words="" kind=file; [[ $word != -* ]] || words="-h --help -o --output --lang --draws --seed --factors --as-of --checklist --call" ;;
          "reproduce") words="" kind=file; [[ $word != -* ]] || words="-h --help --evidence --theme --lang --json" ;;
          "import") words="" kind=anything; [[ $word != -* ]] || words="-h --help --keep-sound -o --output --into" ;;
          "export") words="" kind=file; [[ $word != -* ]] || words="-h --help --as -o --output --lang --draws --seed --factors --as-of --checklist --call" ;;
          "factors") words="search show diff" kind=anything; [[ $word != -* ]] || words="-h --help" ;;
          "factors search") words="" kind=anything; [[ $word != -* ]] || words="-h --help --json" ;;
          "factors show") words="" kind=anything; [[ $word != -* ]] || words="-h --help --json" ;;
          "factors diff") words="" kind=file; [[ $word != -* ]] || words="-h --help --rows --lang --json --as-of" ;;
          "formula") words="" kind=anything; [[ $word != -* ]] || words="-h --help --json" ;;
          "recompute") words="" kind=file; [[ $word != -* ]] || words="-h --help --descriptors --strict --lang --as-of --json" ;;
          "keys") words="" kind=anything; [[ $word != -* ]] || words="-h --help --lang --json" ;;
          "schema") words="project scenario call review checklist form assessment" kind=anything; [[ $word != -* ]] || words="-h --help --lang" ;;
          "doctor") words="" kind=anything; [[ $word != -* ]] || words="-h --help --json --lang" ;;
          "completion") words="bash zsh fish" kind=anything; [[ $word != -* ]] || words="-h --help" ;;
        esac ;;
    esac
  fi
  local found=()
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  case $kind in
    file) compopt -o filenames 2>/dev/null; mapfile -t found < <(compgen -f -- "$word") ;;
    folder) compopt -o filenames 2>/dev/null; mapfile -t found < <(compgen -d -- "$word") ;;
  esac
  COMPREPLY+=("${found[@]}")
}
complete -F _lca lca
