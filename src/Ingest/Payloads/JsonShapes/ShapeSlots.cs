namespace Fengsui.Ingest.Payloads.JsonShapes;

/// <summary>Gives each path of a mapping the slot that remembers its value, in the scope that it belongs to.</summary>
internal sealed class ShapeSlots
{
    private readonly List<(ShapeScope Scope, ShapeNode Node)> _wanted = [];
    private readonly IReadOnlyList<PathStep> _rows;
    private readonly List<int> _ends = [];

    /// <param name="rows">The path to the rows, with a star for each list; null when the message is one row.</param>
    public ShapeSlots(JsonPath? rows)
    {
        _rows = rows?.Steps ?? [];
        Scopes.Add(new ShapeScope());
        var start = 0;
        for (var i = 0; i < _rows.Count; i++)
        {
            if (!_rows[i].IsAny)
            {
                continue;
            }

            var node = Scopes[^1].Root.Follow(_rows.Skip(start).Take(i - start));
            _wanted.Add((Scopes[^1], node));
            Scopes.Add(new ShapeScope());
            start = i + 1;
            _ends.Add(start);
        }

        // What stands between the last star and the row itself.
        Tail = [.. _rows.Skip(start)];
    }

    public List<ShapeScope> Scopes { get; } = [];

    private PathStep[] Tail { get; }

    /// <summary>The place that a path means; null when it has a star that the rows do not have.</summary>
    public ShapeNode? Place(JsonPath path)
    {
        var steps = path.Steps;
        if (!path.IsFromRoot)
        {
            return steps.Any(step => step.IsAny) ? null : Want(Scopes[^1], Tail.Concat(steps));
        }

        var scope = 0;
        while (scope < _ends.Count && steps.Count > _ends[scope] && _rows.Take(_ends[scope]).Zip(steps).All(pair => pair.First.IsSame(pair.Second)))
        {
            scope++;
        }

        var rest = steps.Skip(scope == 0 ? 0 : _ends[scope - 1]).ToList();
        return rest.Exists(step => step.IsAny) ? null : Want(Scopes[scope], rest);
    }

    /// <summary>Numbers the slots of every place that was asked for, scope by scope. Call once, when the last was.</summary>
    /// <returns>How many there are.</returns>
    public int Number()
    {
        var slots = 0;
        for (var i = 0; i < Scopes.Count; i++)
        {
            Scopes[i].FirstSlot = slots;
            foreach (var (_, node) in _wanted.Where(wanted => wanted.Scope == Scopes[i]))
            {
                node.Take(ref slots);
            }

            Scopes[i].EndSlot = slots;
            if (i < Scopes.Count - 1)
            {
                Scopes[i].ItemsSlot = _wanted[i].Node.Slot;
            }
        }

        return slots;
    }

    private ShapeNode Want(ShapeScope scope, IEnumerable<PathStep> steps)
    {
        var node = scope.Root.Follow(steps);
        _wanted.Add((scope, node));
        return node;
    }
}
