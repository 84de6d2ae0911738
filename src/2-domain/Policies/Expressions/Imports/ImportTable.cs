using Postern.Expressions;
using Postern.Policies.Expressions.Models;

namespace Postern.Policies.Expressions.Imports;

/// <summary>Puts together the modules of one evaluation: those of the slices and the models' classes.</summary>
static class ImportTable
{
    /// <summary>Modules by name with the names in them, for checks.</summary>
    public static IEnumerable<(string Module, string Name)> Names(ExpressionCatalog catalog) =>
        catalog.Imports.Select(i => (i.Module, i.Name))
            .Concat(catalog.Models.SelectMany(m => m.Modules.Select(module => (module, m.ClassName))));

    public static IEnumerable<HostModule> Modules(ExpressionCatalog catalog, ExpressionRun run)
    {
        var modules = new Dictionary<string, HostModule>(StringComparer.Ordinal);
        HostModule In(string name) => modules.TryGetValue(name, out var module) ? module : modules[name] = new HostModule(name);
        foreach (var import in catalog.Imports)
            In(import.Module).Set(import.Name, run.Show(import.Value(run)));
        foreach (var model in catalog.Models)
        {
            var shown = new ModelClass(model, run);
            foreach (var module in model.Modules)
                In(module).Set(model.ClassName, shown);
        }
        return modules.Values;
    }
}
