using System.Text;
using Microsoft.EntityFrameworkCore;
using Postern.Policies;
using Postern.Policies.Bindings;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Flows;

/// <summary>What happens in a flow as Mermaid's flowchart: who may begin, then each stage, with the policies that let it be passed over.</summary>
sealed class DrawFlow(PosternDb db, Snapshot<FlowPicture> flows)
{
    public async Task<string> ExecuteAsync(Flow flow, CancellationToken cancellation)
    {
        var picture = await flows.GetAsync(cancellation);
        var bindings = picture.BindingsOf(flow);
        var policies = await PoliciesAsync([flow.Pk, .. bindings.Select(b => b.Pk)], cancellation);
        var text = new StringBuilder("graph TD\n");
        Node(text, "start", $"([\"Flow<br>{Plain(flow.Title)}\"])");
        var last = Guards(text, "start", flow.Pk, policies, otherwise: "denied");
        for (var i = 0; i < bindings.Count; i++)
        {
            var stage = picture.Stage(bindings[i].Stage);
            var next = i + 1 < bindings.Count ? $"stage{i + 1}" : "done";
            var guard = Guards(text, last, bindings[i].Pk, policies, otherwise: next, name: $"stage{i}");
            Node(text, guard == last ? $"stage{i}" : $"stage{i}run", $"[\"{Plain(stage is null ? "Stage" : StageKind.Kind.Of(stage).Label)}<br>{Plain(stage?.Name ?? "")}\"]");
            text.Append("    ").Append(guard).Append(" --> ").Append(guard == last ? $"stage{i}" : $"stage{i}run").Append('\n');
            last = guard == last ? $"stage{i}" : $"stage{i}run";
        }
        Node(text, "done", "([\"End of the flow\"])");
        text.Append("    ").Append(last).Append(" --> done\n");
        if (policies.ContainsKey(flow.Pk))
            Node(text, "denied", "([\"Denied\"])");
        return text.ToString();
    }

    // Policies in front of what is guarded: passed they lead on, else elsewhere.
    static string Guards(StringBuilder text, string from, Guid target, Dictionary<Guid, List<string>> policies, string otherwise, string name = "flow")
    {
        if (!policies.TryGetValue(target, out var names))
            return from;
        var node = name is "flow" ? "flowpolicies" : name;
        Node(text, node, $"{{{{\"{string.Join("<br>", names.Select(Plain))}\"}}}}");
        text.Append("    ").Append(from).Append(" --> ").Append(node).Append('\n');
        text.Append("    ").Append(node).Append(" -- not passed --> ").Append(otherwise).Append('\n');
        return node;
    }

    async Task<Dictionary<Guid, List<string>>> PoliciesAsync(List<Guid> targets, CancellationToken cancellation)
    {
        var bound = await db.Set<PolicyBinding>().AsNoTracking().Where(b => b.Enabled && targets.Contains(b.Target)).OrderBy(b => b.Order)
            .GroupJoin(db.Set<Policy>(), b => b.PolicyPk, p => (Guid?)p.Pk, (b, p) => new { Binding = b, Policies = p })
            .SelectMany(x => x.Policies.DefaultIfEmpty(), (x, p) => new { x.Binding.Target, Policy = p == null ? null : p.Name, HasGroup = x.Binding.GroupPk != null })
            .ToListAsync(cancellation);
        return bound.GroupBy(b => b.Target).ToDictionary(g => g.Key, g => g.Select(b => b.Policy ?? (b.HasGroup ? "Member of a group" : "A user")).ToList());
    }

    static void Node(StringBuilder text, string name, string shape) => text.Append("    ").Append(name).Append(shape).Append('\n');

    static string Plain(string text) => text.Replace('"', '\'').Replace("<", "&lt;", StringComparison.Ordinal).Replace('\n', ' ');
}
