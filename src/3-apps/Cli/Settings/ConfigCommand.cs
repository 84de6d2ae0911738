using System.CommandLine;
using System.Text.Json.Nodes;
using Postern.Kernel.Settings;

namespace Postern.Cli.Settings;

/// <summary><c>config show|explain</c>, and <c>dump_config</c> of the reference: the settings of this process and where each comes from.</summary>
public static class ConfigCommand
{
    static readonly string[] prefixes = ["POSTERN_", "AUTHENTIK_"];

    /// <param name="read">Every setting as this process has it.</param>
    /// <param name="check">Puts into words what is wrong with them; null when they are right.</param>
    /// <param name="meaning">What the guide says of a setting.</param>
    public static Command Create(Func<IReadOnlyList<SettingState>> read, Func<string?> check, Func<string, string?> meaning) =>
        new("config", "The settings in the environment.") { Show("show", read, check), Explain(read, meaning) };

    public static Command Reference(Func<IReadOnlyList<SettingState>> read, Func<string?> check) => Show("dump_config", read, check);

    static Command Show(string name, Func<IReadOnlyList<SettingState>> read, Func<string?> check)
    {
        var output = Output.Option();
        var command = new Command(name, "List every setting: name, value (secrets as stars), and the variable it comes from. Ends with 2 when one is wrong.") { output };
        command.SetAction(parsed =>
        {
            Output.Print(parsed.IsJson(output), read().Select(s => new JsonObject { ["name"] = s.Use.Name, ["value"] = s.Value, ["variable"] = s.Variable }));
            if (check() is not { } wrong)
                return Exit.Done;
            Console.Error.WriteLine(wrong);
            return Exit.WrongUse;
        });
        return command;
    }

    static Command Explain(Func<IReadOnlyList<SettingState>> read, Func<string, string?> meaning)
    {
        var name = new Argument<string>("name") { Description = "Name of the setting, with or without POSTERN_ before it." };
        var command = new Command("explain", "Say what a setting means, what it may be, and what it is.") { name };
        command.SetAction(parsed =>
        {
            var asked = parsed.GetRequiredValue(name).ToUpperInvariant();
            foreach (var prefix in prefixes)
            {
                if (asked.StartsWith(prefix, StringComparison.Ordinal))
                    asked = asked[prefix.Length..];
            }
            var states = read();
            if (states.FirstOrDefault(s => string.Equals(s.Use.Name, asked, StringComparison.Ordinal)) is not { } found)
                return Exit.Refuse($"There is no such setting. The nearest is {NearestName.To(asked, states.Select(s => s.Use.Name))}.");
            Console.WriteLine($"POSTERN_{found.Use.Name}{(meaning(found.Use.Name) is { } text ? $": {text}" : "")}");
            Console.WriteLine($"May be: {found.Use.Shape ?? "any text"}.");
            Console.WriteLine($"Standard: {found.Use.Otherwise ?? "none"}.");
            Console.WriteLine(found.Variable is null ? "Not set." : $"Set by {found.Variable}: {found.Value}");
            return Exit.Done;
        });
        return command;
    }
}
