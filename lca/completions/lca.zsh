#compdef lca
# Completion of lca in zsh; made by `python docs/generate.py`.
_lca() {
  local -a all=('new:write a descriptor to begin with – the shortest, or a commented one for a way of working' 'serve:fill a descriptor in by a form in the browser, beside its page one' 'form:write pages that make a descriptor in the browser, without a server' 'check:check descriptors; with --fill, write what they lack into them as comments' 'assess:compute the figures and print them' 'report:write the report as HTML and PDF' 'methods:the same machine work as other methods count it' 'explain:print the tree under one figure' 'compare:compare descriptors and their scenarios' 'sweep:vary one thing of a study – where, how long, how much' 'diff:list what changed between two versions of a dossier' 'dnsh:print the “do no significant harm” checklist – verdicts, why, and what would change them' 'seal:fix the figures of a descriptor, with its text and the date, as the forecast of a contract' 'reproduce:compute a report again from what it carries, and say what differs' 'import:draft a descriptor from the logs of a measuring tool' 'export:write the assessment in the format of another tool, card or archive' 'factors:look into the factor catalogue' 'formula:list the formulas, show one, or compute it – lca formula NAME INPUT=VALUE...' 'recompute:judge a file of printed figures against calls of formulas and descriptors' 'keys:list the keys at a place of a descriptor – unit, meaning and an example' 'schema:print a JSON Schema – of a descriptor, a scenario, a checklist file, a form file or the results' 'doctor:say what is installed, how old the data are, and what to do about what is missing' 'completion:print what makes a shell complete this command line')
  local command=$words[2] before=$words[CURRENT-1]
  if ((CURRENT == 2)); then _describe command all; return; fi
  case $command in factors) ((CURRENT < 4)) || command+=" $words[3]" ;; esac
  case "$command $before" in
    "new --template") compadd -- shortest training finetuning cluster api federated field-study student ;;
    "new --lang") compadd -- en fr ;;
    "serve --lang") compadd -- en fr ;;
    "serve --port") : ;;
    "serve --host") : ;;
    "serve --token") : ;;
    "form -o"|"form --output") _files -/ ;;
    "form --lang") compadd -- en fr ;;
    "check --budget") : ;;
    "check --lang") compadd -- en fr ;;
    "check --as-of") : ;;
    "check --checklist") _files ;;
    "assess --lang") compadd -- en fr ;;
    "assess --draws") : ;;
    "assess --seed") : ;;
    "assess --factors") : ;;
    "assess --as-of") : ;;
    "assess --checklist") _files ;;
    "report -o"|"report --output") _files -/ ;;
    "report --lang") compadd -- en fr ;;
    "report --layout") compadd -- dossier full page ;;
    "report --theme") _files -/ ;;
    "report --draws") : ;;
    "report --seed") : ;;
    "report --factors") : ;;
    "report --as-of") : ;;
    "report --checklist") _files ;;
    "methods --lang") compadd -- en fr ;;
    "methods --as-of") : ;;
    "methods --checklist") _files ;;
    "explain --lang") compadd -- en fr ;;
    "explain --draws") : ;;
    "explain --seed") : ;;
    "explain --factors") : ;;
    "explain --as-of") : ;;
    "explain --checklist") _files ;;
    "compare -o"|"compare --output") _files -/ ;;
    "compare --lang") compadd -- en fr ;;
    "compare --draws") : ;;
    "compare --seed") : ;;
    "compare --factors") : ;;
    "compare --as-of") : ;;
    "sweep --site") : ;;
    "sweep --machine") : ;;
    "sweep --activity") : ;;
    "sweep --lang") compadd -- en fr ;;
    "sweep --draws") : ;;
    "sweep --seed") : ;;
    "sweep --factors") : ;;
    "sweep --as-of") : ;;
    "diff --lang") compadd -- en fr ;;
    "diff --draws") : ;;
    "diff --seed") : ;;
    "diff --factors") : ;;
    "diff --as-of") : ;;
    "diff --checklist") _files ;;
    "dnsh --site") : ;;
    "dnsh --form") : ;;
    "dnsh --draws") : ;;
    "dnsh --seed") : ;;
    "dnsh --factors") : ;;
    "dnsh --lang") compadd -- en fr ;;
    "dnsh --format") compadd -- text html docx ;;
    "dnsh -o"|"dnsh --output") _files ;;
    "dnsh --as-of") : ;;
    "dnsh --checklist") _files ;;
    "seal -o"|"seal --output") _files ;;
    "seal --lang") compadd -- en fr ;;
    "seal --draws") : ;;
    "seal --seed") : ;;
    "seal --factors") : ;;
    "seal --as-of") : ;;
    "seal --checklist") _files ;;
    "reproduce --evidence") _files -/ ;;
    "reproduce --theme") _files -/ ;;
    "reproduce --lang") compadd -- en fr ;;
    "import -o"|"import --output") _files ;;
    "import --into") _files ;;
    "export --as") : ;;
    "export -o"|"export --output") _files ;;
    "export --lang") compadd -- en fr ;;
    "export --draws") : ;;
    "export --seed") : ;;
    "export --factors") : ;;
    "export --as-of") : ;;
    "export --checklist") _files ;;
    "factors diff --rows") : ;;
    "factors diff --lang") compadd -- en fr ;;
    "factors diff --as-of") : ;;
    "recompute --descriptors") _files -/ ;;
    "recompute --lang") compadd -- en fr ;;
    "recompute --as-of") : ;;
    "keys --lang") compadd -- en fr ;;
    "schema --lang") compadd -- en fr ;;
    "doctor --lang") compadd -- en fr ;;
    *)
      case $command in
        "new") if [[ $PREFIX == -* ]]; then compadd -- -h --help --template --lang; else _files; fi ;;
        "serve") if [[ $PREFIX == -* ]]; then compadd -- -h --help --lang --port --host --token --no-browser --forget; else _files; fi ;;
        "form") if [[ $PREFIX == -* ]]; then compadd -- -h --help --static -o --output --lang; else :; fi ;;
        "check") if [[ $PREFIX == -* ]]; then compadd -- -h --help --json --strict --fill --budget --lang --as-of --checklist; else _files; fi ;;
        "assess") if [[ $PREFIX == -* ]]; then compadd -- -h --help --lang --json --sobol --draws --seed --factors --as-of --checklist; else _files; fi ;;
        "report") if [[ $PREFIX == -* ]]; then compadd -- -h --help --html --pdf -o --output --lang --layout --theme --png --attach-evidence --deposit --draws --seed --factors --as-of --checklist; else _files; fi ;;
        "methods") if [[ $PREFIX == -* ]]; then compadd -- -h --help --lang --json --as-of --checklist; else _files; fi ;;
        "explain") if [[ $PREFIX == -* ]]; then compadd -- -h --help --lang --json --draws --seed --factors --as-of --checklist; else _files; fi ;;
        "compare") if [[ $PREFIX == -* ]]; then compadd -- -h --help --json --html --pdf -o --output --lang --draws --seed --factors --as-of; else _files; fi ;;
        "sweep") if [[ $PREFIX == -* ]]; then compadd -- -h --help --site --machine --activity --lang --json --draws --seed --factors --as-of; else compadd -- location hosting generation lifetime utilisation volume experiments federated reuse; _files; fi ;;
        "diff") if [[ $PREFIX == -* ]]; then compadd -- -h --help --lang --json --draws --seed --factors --as-of --checklist; else _files; fi ;;
        "dnsh") if [[ $PREFIX == -* ]]; then compadd -- -h --help --json --site --form --draws --seed --factors --lang --format -o --output --as-of --checklist; else compadd -- letter export; _files; fi ;;
        "seal") if [[ $PREFIX == -* ]]; then compadd -- -h --help -o --output --lang --draws --seed --factors --as-of --checklist; else _files; fi ;;
        "reproduce") if [[ $PREFIX == -* ]]; then compadd -- -h --help --evidence --theme --lang --json; else _files; fi ;;
        "import") if [[ $PREFIX == -* ]]; then compadd -- -h --help --keep-sound -o --output --into; else :; fi ;;
        "export") if [[ $PREFIX == -* ]]; then compadd -- -h --help --as -o --output --lang --draws --seed --factors --as-of --checklist; else _files; fi ;;
        "factors") if [[ $PREFIX == -* ]]; then compadd -- -h --help; else compadd -- search show diff; fi ;;
        "factors search") if [[ $PREFIX == -* ]]; then compadd -- -h --help --json; else :; fi ;;
        "factors show") if [[ $PREFIX == -* ]]; then compadd -- -h --help --json; else :; fi ;;
        "factors diff") if [[ $PREFIX == -* ]]; then compadd -- -h --help --rows --lang --json --as-of; else _files; fi ;;
        "formula") if [[ $PREFIX == -* ]]; then compadd -- -h --help --json; else :; fi ;;
        "recompute") if [[ $PREFIX == -* ]]; then compadd -- -h --help --descriptors --strict --lang --as-of --json; else _files; fi ;;
        "keys") if [[ $PREFIX == -* ]]; then compadd -- -h --help --lang --json; else :; fi ;;
        "schema") if [[ $PREFIX == -* ]]; then compadd -- -h --help --lang; else compadd -- project scenario checklist form assessment; fi ;;
        "doctor") if [[ $PREFIX == -* ]]; then compadd -- -h --help --json --lang; else :; fi ;;
        "completion") if [[ $PREFIX == -* ]]; then compadd -- -h --help; else compadd -- bash zsh fish; fi ;;
      esac ;;
  esac
}
if [[ $funcstack[1] == _lca ]]; then _lca "$@"; else compdef _lca lca; fi
