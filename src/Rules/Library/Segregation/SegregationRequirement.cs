namespace Fengsui.Rules.Library.Segregation;

/// <summary>How far apart goods of two classes must be stowed. The numbers are those of the table.</summary>
internal enum SegregationRequirement
{
    /// <summary>Written <c>0</c>: no requirement.</summary>
    None = 0,

    /// <summary>Written <c>1</c>: away from.</summary>
    AwayFrom = 1,

    /// <summary>Written <c>2</c>: separated from.</summary>
    SeparatedFrom = 2,

    /// <summary>Written <c>3</c>: separated by a complete compartment or hold from.</summary>
    CompleteCompartment = 3,

    /// <summary>Written <c>4</c>: separated longitudinally by an intervening complete compartment or hold from.</summary>
    LongitudinalCompartment = 4,

    /// <summary>Written <c>X</c>: the schedule of the substance decides.</summary>
    SeeSchedule = 5,

    /// <summary>Written <c>*</c>: the rules within class 1 decide.</summary>
    ClassOneRules = 6,
}
