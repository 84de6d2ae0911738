using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Postern.Cli.Invite;

/// <summary><c>invite bulk</c>: many people from one CSV file; waits until they are invited.</summary>
static class BulkCommand
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Command Create(Option<string?> url, TimeProvider clock)
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV with a header: email, name, username, invitation, groups, ..." };
        var flow = InviteCommand.FlowOption();
        var days = new Option<int>("--days") { Description = "Days until they expire.", DefaultValueFactory = _ => 7 };
        var send = new Option<bool>("--send") { Description = "Mail them." };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what is wrong with which row." };
        var keep = new Option<bool>("--keep-going") { Description = "Invite those whose rows are right although others are wrong." };
        var key = new Option<string?>("--key") { Description = "Idempotency key: the same key twice invites once." };
        var result = new Option<FileInfo?>("--result") { Description = "Where the result goes: a CSV with state and link of each row." };
        var command = new Command("bulk", "Invite many people from a CSV file.") { file, flow, days, send, dry, keep, key, result };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = ApiClient.Open(parsed.GetValue(url));
            var source = parsed.GetRequiredValue(file);
            if (!source.Exists)
                return Exit.Refuse($"There is no file {source.FullName}.");
            if (await api.FlowAsync(parsed.GetRequiredValue(flow), cancellation) is not { } found)
                return Exit.Refuse($"There is no flow {parsed.GetRequiredValue(flow)}.");
            var now = clock.GetUtcNow();
            var template = new JsonObject { ["flow"] = found, ["expires"] = now.AddDays(parsed.GetValue(days)).ToString("O", CultureInfo.InvariantCulture) };
            if (parsed.GetValue(send))
                template["send_at"] = now.ToString("O", CultureInfo.InvariantCulture);
            var body = new JsonObject
            {
                ["csv"] = await File.ReadAllTextAsync(source.FullName, cancellation),
                ["template"] = template,
                ["dry_run"] = parsed.GetValue(dry),
                ["keep_going"] = parsed.GetValue(keep),
                ["idempotency_key"] = parsed.GetValue(key),
            };
            var asked = await api.SendAsync(HttpMethod.Post, "stages/invitation/invitations/bulk/", body, cancellation);
            return asked.Error is { } error ? Exit.Refuse(error) : await WaitAsync(api, asked.Body!["pk"]!.ToString(), parsed.GetValue(result), clock, cancellation);
        });
        return command;
    }

    static async Task<int> WaitAsync(ApiClient api, string batch, FileInfo? result, TimeProvider clock, CancellationToken cancellation)
    {
        var (body, error) = await Terminal.ProgressAsync("Inviting", show => FinishAsync(api, batch, show, clock, cancellation));
        if (error is not null)
            return Exit.Refuse(error);
        foreach (var problem in body!["problems"]!.AsArray())
            Console.Error.WriteLine($"Line {problem!["line"]} {problem["email"]}: {problem["message"]}");
        Console.WriteLine($"{body["state"]}: {body["done"]} of {body["total"]}, {body["failed"]} refused. {body["error"]}".TrimEnd());
        if (result is not null)
            await api.DownloadAsync($"stages/invitation/batches/{batch}/result/", result, cancellation);
        return body["state"]!.ToString() is "finished" && body["failed"]!.GetValue<int>() == 0 ? Exit.Done : Exit.Refused;
    }

    /// <summary>Asks until the batch is through, and shows how far it is.</summary>
    static async Task<(JsonNode? Body, string? Error)> FinishAsync(ApiClient api, string batch, Action<double, double> show, TimeProvider clock, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await api.SendAsync(HttpMethod.Get, $"stages/invitation/batches/{batch}/", body: null, cancellation);
            if (read.Error is not null || read.Body!["state"]!.ToString() is not ("queued" or "running"))
                return read;
            show(read.Body["done"]!.GetValue<int>() + read.Body["failed"]!.GetValue<int>(), read.Body["total"]!.GetValue<int>());
            await Task.Delay(Pause, clock, cancellation);
        }
    }
}
