using System.CommandLine;

namespace Postern.Cli;

/// <summary><c>completion bash|zsh|fish</c>: prints what a shell has to be told so that the Tab key completes verbs and options.</summary>
public static class CompletionCommand
{
    // The program itself answers what may follow; the shells only ask it.
    const string Bash =
        """
        _postern() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(postern "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2> /dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _postern postern
        """;

    const string Zsh =
        """
        #compdef postern
        _postern() {
            local -a found
            found=("${(@f)$(postern "[suggest:${CURSOR}]" "${BUFFER}" 2> /dev/null)}")
            compadd -a found
            _files
        }
        compdef _postern postern
        """;

    const string Fish =
        """
        complete -c postern -a '(postern "[suggest:"(commandline -C)"]" (commandline -b) 2> /dev/null)'
        """;

    public static Command Create() => new("completion", "Print the completion of verbs and options for a shell.")
    {
        Shell("bash", "Use it with: source <(postern completion bash)", Bash),
        Shell("zsh", "Use it with: source <(postern completion zsh)", Zsh),
        Shell("fish", "Use it with: postern completion fish | source", Fish),
    };

    static Command Shell(string name, string description, string script)
    {
        var command = new Command(name, description);
        command.SetAction(_ => Console.WriteLine(script));
        return command;
    }
}
