using System.CommandLine;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Flows;
using Postern.Flows.Simulating;
using Postern.Kernel.Access;
using Postern.Kernel.Values;

namespace Postern.Cli.Flows;

/// <summary><c>flow list|simulate</c>.</summary>
public static class FlowCommand
{
    static readonly string[] Columns = ["slug", "designation", "name"];

    public static Command Create(Inside inside) => new("flow", "Flows of this installation.") { List(inside), Simulate(inside) };

    static Command List(Inside inside)
    {
        var search = new Option<string?>("--search") { Description = "Words that the name, slug or title contains." };
        var output = Output.Option();
        var command = new Command("list", $"List flows: {string.Join(", ", Columns)}.") { search, output };
        command.SetAction((parsed, cancellation) => inside(
            services => Output.PrintAsync(services, FlowKind.Kind, parsed.GetValue(search), "slug", Columns, parsed.IsJson(output), cancellation), cancellation));
        return command;
    }

    static Command Simulate(Inside inside)
    {
        var slug = new Argument<string>("slug") { Description = "Slug of the flow." };
        var user = new Option<string?>("--user") { Description = "Username of whom it is about. Left out, nobody is known." };
        var signedIn = new Option<bool>("--signed-in") { Description = "The user is signed in when the flow begins." };
        var address = new Option<IPAddress?>("--address") { Description = "Address of the client.", CustomParser = result => ReadAddress(result) };
        var context = new Option<FileInfo?>("--context") { Description = "File with a JSON object: what the run knows already." };
        var output = Output.Option();
        var command = new Command("simulate", "Tell what a flow would do, stage by stage and why. Nothing is written or sent, and no stage runs.") { slug, user, signedIn, address, context, output };
        command.SetAction((parsed, cancellation) => inside(
            async services =>
            {
                var request = new SimulationRequest { SignedIn = parsed.GetValue(signedIn), ClientIp = parsed.GetValue(address) };
                if (parsed.GetValue(user) is { } name)
                {
                    if (!(await FindNamed.UserAsync(services, name, cancellation)).Succeeded(out var found, out var missing))
                        return Exit.Refuse(missing);
                    request = request with { User = found.Pk };
                }
                if (parsed.GetValue(context) is { } file)
                {
                    if (await ReadContextAsync(file, cancellation) is not { } known)
                        return Exit.Refuse($"{file.FullName} holds no JSON object.");
                    request = request with { Context = known };
                }
                var simulated = await services.GetRequiredService<SimulateFlow>().ExecuteAsync(Caller.Operator, parsed.GetRequiredValue(slug), request, cancellation);
                if (!simulated.Succeeded(out var simulation, out var fault))
                    return Exit.Refuse(fault);
                Print(simulation, parsed.IsJson(output));
                return Exit.Done;
            },
            cancellation));
        return command;
    }

    static IPAddress? ReadAddress(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (IPAddress.TryParse(result.Tokens[0].Value, out var address))
            return address;
        result.AddError($"{result.Tokens[0].Value} is no IP address.");
        return null;
    }

    static async Task<JsonObject?> ReadContextAsync(FileInfo file, CancellationToken cancellation)
    {
        try
        {
            return file.Exists ? JsonNode.Parse(await File.ReadAllTextAsync(file.FullName, cancellation)) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static void Print(FlowSimulation simulation, bool json)
    {
        if (json)
        {
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer))
                SimulationJson.Write(writer, simulation);
            Output.Json(JsonNode.Parse(buffer.ToArray())!);
            return;
        }
        if (simulation.Refusal is { } refusal)
            Console.WriteLine($"The flow does not apply: {refusal}");
        foreach (var stage in simulation.Stages)
        {
            Console.WriteLine($"{stage.Binding.Order}\t{WireEnum<StageFate>.Name(stage.Fate)}\t{stage.Stage.Name}\t{StageKind.Kind.Of(stage.Stage).Label}");
            foreach (var line in (stage.OnPlan?.Lines ?? []).Concat(stage.Before?.Lines ?? []))
                Console.WriteLine($"\t{(line.Passing ? "passed" : "failed")}\t{line.Name}\t{string.Join("; ", line.Messages)}");
        }
    }
}
