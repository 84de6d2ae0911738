using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Postern.Blueprints.Exporting;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Cli.Blueprints;

/// <summary><c>blueprint export</c>: everything, or one object with all that belongs to it.</summary>
static class ExportBlueprint
{
    public static Command Command(string name, Inside inside)
    {
        var model = new Argument<string?>("model") { Description = "Model of the one object, such as authentik_flows.flow.", Arity = ArgumentArity.ZeroOrOne };
        var lookup = new Argument<string?>("object") { Description = "What stands for it in addresses: the slug of a flow, else its key.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(name, "Print everything as a blueprint, or one object with all that belongs to it. Secrets are not part of it.") { model, lookup };
        command.Validators.Add(result =>
        {
            if (result.GetValue(model) is not null && result.GetValue(lookup) is null)
                result.AddError("Name the object of the model.");
        });
        command.SetAction((parsed, cancellation) => inside(
            async services =>
            {
                var export = services.GetRequiredService<ExportObjects>();
                if (parsed.GetValue(model) is not { } wanted)
                {
                    Console.Write(await export.EverythingAsync(Caller.Operator, cancellation));
                    return Exit.Done;
                }
                if (services.GetRequiredService<KindRegistry>().Find(wanted) is not { InBlueprints: true } kind)
                    return Exit.Refuse($"There is no model {wanted}.");
                if (!(await services.GetRequiredService<ObjectQuery>().FindAsync(kind, Caller.Operator, parsed.GetValue(lookup)!, tracked: false, cancellation)).Succeeded(out var found, out var fault))
                    return Exit.Refuse(fault);
                Console.Write(await export.WithPartsAsync(kind, found, cancellation));
                return Exit.Done;
            },
            cancellation));
        return command;
    }
}
