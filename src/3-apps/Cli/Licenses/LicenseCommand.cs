using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Users;
using Postern.Enterprise.Ladder;
using Postern.Enterprise.Licenses;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Storage.Objects;

namespace Postern.Cli.Licenses;

/// <summary><c>license install|list|status|simulate</c> for an installation, <c>license authority|sign|show</c> for who makes keys.</summary>
public static class LicenseCommand
{
    static readonly string[] Columns = ["license_uuid", "name", "internal_users", "external_users", "expiry"];

    public static Command Create(Inside inside, TimeProvider clock)
    {
        var command = new Command("license", "Licenses of this installation; and license keys, for who makes them.") { Install(inside), List(inside), Status(inside), Simulate(inside) };
        foreach (var vendor in VendorCommands.All(clock))
            command.Subcommands.Add(vendor);
        return command;
    }

    static Command Install(Inside inside)
    {
        var file = ReadSecret.FileOption("--key-file", "the license key");
        var command = new Command("install", "Install a license key and print what it allows.") { file };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!(await ReadSecret.ExecuteAsync("License key", parsed.GetValue(file), cancellation)).Succeeded(out var key, out var missing))
                return Exit.Refuse(missing);
            var body = JsonSerializer.SerializeToElement(new JsonObject { [LicenseKind.KeyField] = key });
            return await inside(
                async services =>
                {
                    if (!(await services.GetRequiredService<SaveObject>().CreateAsync(LicenseKind.Kind, Caller.Operator, body, SaveOptions.Full, cancellation)).Succeeded(out var made, out var fault))
                        return Exit.Refuse(fault);
                    var license = (License)made;
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{license.Name}: {license.InternalUsers} internal, {license.ExternalUsers} external users, until {license.Expiry:yyyy-MM-dd}"));
                    return Exit.Done;
                },
                cancellation);
        });
        return command;
    }

    static Command List(Inside inside)
    {
        var output = Output.Option();
        var command = new Command("list", $"List licenses: {string.Join(", ", Columns)}.") { output };
        command.SetAction((parsed, cancellation) => inside(
            services => Output.PrintAsync(services, LicenseKind.Kind, search: null, "expiry", Columns, parsed.IsJson(output), cancellation), cancellation));
        return command;
    }

    static Command Status(Inside inside)
    {
        var output = Output.Option();
        var command = new Command("status", "Count people and say what the licenses come to. Ends with 1 when they are broken.") { output };
        command.SetAction((parsed, cancellation) => inside(
            async services => await ShowAsync(services, await services.GetRequiredService<ReadLicenses>().FreshAsync(cancellation), parsed.IsJson(output), cancellation), cancellation));
        return command;
    }

    static Command Simulate(Inside inside)
    {
        var at = new Option<DateTimeOffset>("--at") { Description = "The day, such as 2027-03-01; in UTC.", Required = true, CustomParser = ParseDay };
        var output = Output.Option();
        var command = new Command("simulate", "Say what the licenses will come to on a day, if nobody comes or goes and no license changes. Ends with 1 when they will be broken.") { at, output };
        command.SetAction((parsed, cancellation) => inside(
            async services => await ShowAsync(services, await services.GetRequiredService<ReadLicenses>().AtAsync(parsed.GetRequiredValue(at), cancellation), parsed.IsJson(output), cancellation), cancellation));
        return command;
    }

    static DateTimeOffset ParseDay(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (!DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day))
            result.AddError($"{result.Tokens[0].Value} is no day. Write it as 2027-03-01.");
        return day;
    }

    static async Task<int> ShowAsync(IServiceProvider services, LicenseState state, bool json, CancellationToken cancellation)
    {
        var facts = new JsonObject
        {
            ["install_id"] = await services.GetRequiredService<InstallId>().GetAsync(cancellation),
            ["status"] = WireEnum<LicenseStatus>.Name(state.Status),
            ["enforcement"] = WireEnum<EnforcementLevel>.Name(state.Level),
            ["reasons"] = new JsonArray([.. state.Reasons.Select(r => (JsonNode)WireEnum<ViolationReason>.Name(r))]),
            ["internal_users"] = string.Create(CultureInfo.InvariantCulture, $"{state.Counts.Internal} of {state.InternalUsers}"),
            ["external_users"] = string.Create(CultureInfo.InvariantCulture, $"{state.Counts.External} of {state.ExternalUsers}"),
            ["cumulative_expiry"] = Day(state.CumulativeExpiry),
            ["next_level_at"] = Day(state.NextLevelAt),
        };
        if (json)
            Output.Json(facts);
        else
            Output.Print(json: false, facts.Where(f => f.Value is not (null or JsonArray { Count: 0 })).Select(f => new JsonObject { ["name"] = f.Key, ["value"] = f.Value!.DeepClone() }));
        return state.Reasons.Count == 0 ? Exit.Done : Exit.Refused;
    }

    static string? Day(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
