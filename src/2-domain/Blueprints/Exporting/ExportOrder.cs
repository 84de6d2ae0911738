namespace Postern.Blueprints.Exporting;

/// <summary>Orders exported objects so that each comes after those it refers to; a reference that closes a circle is put off.</summary>
internal static class ExportOrder
{
    public static IReadOnlyList<ExportedObject> Sort(ExportSet set)
    {
        var states = new Dictionary<ExportedObject, bool>();
        var sorted = new List<ExportedObject>(set.All.Count);
        var items = set.All.OrderBy(item => item.Kind.Name, StringComparer.Ordinal).ThenBy(set.Label, StringComparer.Ordinal).ThenBy(item => item.Key, StringComparer.Ordinal);
        foreach (var item in items)
            Visit(item, set, states, sorted);
        return sorted;
    }

    // Depth first without recursion: chains of references may be as long as the export.
    static void Visit(ExportedObject start, ExportSet set, Dictionary<ExportedObject, bool> states, List<ExportedObject> sorted)
    {
        if (states.ContainsKey(start))
            return;
        var open = new Stack<(ExportedObject Item, IEnumerator<(Storage.Kinds.Field Field, ExportedObject Target)> References)>();
        void Open(ExportedObject item)
        {
            states[item] = false;
            open.Push((item, set.References(item).GetEnumerator()));
        }

        Open(start);
        while (open.TryPeek(out var top))
        {
            if (!top.References.MoveNext())
            {
                open.Pop();
                states[top.Item] = true;
                sorted.Add(top.Item);
                continue;
            }

            var (field, target) = top.References.Current;
            if (!states.TryGetValue(target, out var isDone))
                Open(target);
            else if (!isDone)
                top.Item.Deferred.Add(field.Name);
        }
    }
}
