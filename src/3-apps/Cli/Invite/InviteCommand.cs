using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Postern.Cli.Invite;

/// <summary><c>invite create|bulk|list|resend|revoke</c>: over the API of an installation, with the rights of a token.</summary>
public static class InviteCommand
{
    const string Invitations = "stages/invitation/invitations/";

    public static Command Create(TimeProvider clock)
    {
        var url = new Option<string?>("--url") { Description = "Address of the installation. Default: the variable POSTERN_CLI_URL, else http://localhost:9000.", Recursive = true };
        var command = new Command("invite", "Invite people. The API token is taken from the variable POSTERN_CLI_TOKEN.") { url };
        command.Subcommands.Add(One(url, clock));
        command.Subcommands.Add(BulkCommand.Create(url, clock));
        command.Subcommands.Add(List(url));
        command.Subcommands.Add(Resend(url));
        command.Subcommands.Add(Revoke(url));
        return command;
    }

    static Command One(Option<string?> url, TimeProvider clock)
    {
        var name = new Option<string?>("--name") { Description = "Name of the invitation. Default: from the person and the month, such as jane-doe-2026-11." };
        var person = new Option<string>("--person") { Description = "Name of the person.", DefaultValueFactory = _ => "" };
        var email = new Option<string>("--email") { Description = "E-mail address of the person.", DefaultValueFactory = _ => "" };
        var flow = FlowOption();
        var days = new Option<int>("--days") { Description = "Days until it expires.", DefaultValueFactory = _ => 7 };
        var uses = new Option<int>("--uses") { Description = "How many may use it; 0 for any number.", DefaultValueFactory = _ => 1 };
        var send = new Option<bool>("--send") { Description = "Mail it now." };
        var command = new Command("create", "Make an invitation and print its link.") { name, person, email, flow, days, uses, send };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = ApiClient.Open(parsed.GetValue(url));
            if (await api.FlowAsync(parsed.GetRequiredValue(flow), cancellation) is not { } found)
                return Exit.Refuse($"There is no flow {parsed.GetRequiredValue(flow)}.");
            var (who, address) = (parsed.GetRequiredValue(person), parsed.GetRequiredValue(email));
            var body = new JsonObject
            {
                ["name"] = parsed.GetValue(name) ?? Postern.Invitations.SuggestName.For(who, address, clock.GetUtcNow()),
                ["flow"] = found,
                ["expires"] = clock.GetUtcNow().AddDays(parsed.GetValue(days)).ToString("O", CultureInfo.InvariantCulture),
                ["single_use"] = parsed.GetValue(uses) == 1,
                ["max_uses"] = parsed.GetValue(uses) > 1 ? parsed.GetValue(uses) : null,
                ["recipient"] = address,
                ["send_at"] = parsed.GetValue(send) ? clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) : null,
                ["fixed_data"] = Known(("name", who), ("email", address)),
            };
            var made = await api.SendAsync(HttpMethod.Post, Invitations, body, cancellation);
            if (made.Error is { } error)
                return Exit.Refuse(error);
            Console.WriteLine($"{made.Body!["pk"]}\n{api.Address}/if/flow/{parsed.GetRequiredValue(flow)}/?itoken={made.Body["pk"]}");
            return Exit.Done;
        });
        return command;
    }

    static Command List(Option<string?> url)
    {
        var status = new Option<string>("--status") { Description = "open, all, or a state such as sent, accepted, expired.", DefaultValueFactory = _ => "open" };
        var command = new Command("list", "List invitations: key, state, uses, name, address.") { status };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = ApiClient.Open(parsed.GetValue(url));
            for (var page = 1; page > 0;)
            {
                var read = await api.SendAsync(HttpMethod.Get, $"{Invitations}?page_size=100&page={page}&status={Uri.EscapeDataString(parsed.GetRequiredValue(status))}", body: null, cancellation);
                if (read.Error is { } error)
                    return Exit.Refuse(error);
                foreach (var one in read.Body!["results"]!.AsArray())
                    Console.WriteLine($"{one!["pk"]}\t{one["status"]}\t{one["uses"]}\t{one["name"]}\t{one["recipient"]}");
                page = read.Body["pagination"]!["next"]!.GetValue<int>();
            }
            return Exit.Done;
        });
        return command;
    }

    static Command Resend(Option<string?> url)
    {
        var key = new Argument<Guid>("invitation") { Description = "Key of the invitation." };
        var rotate = new Option<bool>("--rotate") { Description = "With a new link; the old one opens nothing any more." };
        var command = new Command("resend", "Mail an invitation once more.") { key, rotate };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = ApiClient.Open(parsed.GetValue(url));
            var sent = await api.SendAsync(HttpMethod.Post, $"{Invitations}{parsed.GetRequiredValue(key)}/resend/", new JsonObject { ["rotate"] = parsed.GetValue(rotate) }, cancellation);
            if (sent.Error is { } error)
                return Exit.Refuse(error);
            Console.WriteLine(sent.Body!["pk"]);
            return Exit.Done;
        });
        return command;
    }

    static Command Revoke(Option<string?> url)
    {
        var keys = new Argument<Guid[]>("invitations") { Description = "Keys of invitations.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("revoke", "End invitations at once; they stay in the list.") { keys };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = ApiClient.Open(parsed.GetValue(url));
            foreach (var key in parsed.GetRequiredValue(keys))
            {
                if ((await api.SendAsync(HttpMethod.Post, $"{Invitations}{key}/revoke/", [], cancellation)).Error is { } error)
                    return Exit.Refuse($"{key}: {error}");
            }
            return Exit.Done;
        });
        return command;
    }

    internal static Option<string> FlowOption() => new("--flow") { Description = "Slug of the enrolment flow.", Required = true };

    static JsonObject Known(params (string Name, string Value)[] data) => new(data.Where(d => d.Value.Length > 0).Select(d => KeyValuePair.Create(d.Name, (JsonNode?)d.Value)));
}
