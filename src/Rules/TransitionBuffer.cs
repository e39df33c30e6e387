namespace Fengsui.Rules;

/// <summary>Transitions in the order in which they happened; reused from batch to batch, so that no row allocates.</summary>
public sealed class TransitionBuffer
{
    private RuleTransition[] _items = new RuleTransition[64];

    public int Count { get; private set; }

    /// <summary>Whether <see cref="TransitionKind.Pending"/> and <see cref="TransitionKind.Cancelled"/> are kept; without them flapping costs less.</summary>
    public bool KeepsPending { get; init; } = true;

    public ref readonly RuleTransition this[int index] => ref _items.AsSpan(0, Count)[index];

    public void Clear()
    {
        Array.Clear(_items, 0, Count);
        Count = 0;
    }

    internal void Add(in RuleTransition transition)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        _items[Count++] = transition;
    }
}
