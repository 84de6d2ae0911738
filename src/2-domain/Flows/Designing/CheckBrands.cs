using Postern.Brands;

namespace Postern.Flows.Designing;

/// <summary>Finds flows that no brand leads to, where people come to such flows by their brand alone.</summary>
sealed class CheckBrands : IFlowCheck
{
    public IEnumerable<FlowFinding> Check(FlowDesign design)
    {
        if (Named(design.Flow.Designation) is not { } field || design.Brands.Any(b => field.Of(b) is not null))
            yield break;
        var first = design.Flow.Designation is FlowDesignation.Authentication or FlowDesignation.Invalidation
            ? design.All.Flows.FirstOrDefault(f => f.Designation == design.Flow.Designation)
            : null;
        yield return new FlowFinding(
            FindingSeverity.Hint,
            first is null ? $"No brand names a {field.Name} flow." : $"No brand names a {field.Name} flow, so “{first.Slug}” is used: it is the first by name.",
            $"Choose the {field.Name} flow of the default brand under System > Brands.");
    }

    static (string Name, Func<Brand, Guid?> Of)? Named(FlowDesignation designation) => designation switch
    {
        FlowDesignation.Authentication => ("sign-in", b => b.FlowAuthentication),
        FlowDesignation.Invalidation => ("sign-out", b => b.FlowInvalidation),
        FlowDesignation.Recovery => ("recovery", b => b.FlowRecovery),
        FlowDesignation.Unenrollment => ("unenrolment", b => b.FlowUnenrollment),
        _ => null,
    };
}
