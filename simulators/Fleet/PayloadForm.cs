namespace Fengsui.Fleet;

/// <summary>The JSON forms that gateways send. All but <see cref="Flat"/> carry the event time of each sample.</summary>
public enum PayloadForm
{
    /// <summary><c>{"temperature":21.3,…}</c>: no event time, so the server's receive time counts.</summary>
    Flat,

    /// <summary><c>{"ts":1483228800000,"values":{…}}</c>.</summary>
    Ts,

    /// <summary>An array of <see cref="Ts"/> objects of one device: a small backlog in each message.</summary>
    Array,

    /// <summary><c>{"dev-1":[{"ts":…,"values":{…}}],…}</c>: several devices behind one gateway in each message.</summary>
    Gateway,
}
