namespace Fengsui.Devices.Audit;

/// <summary>Somebody read, or tried to read or do, what needs a role.</summary>
/// <param name="Actor">Name of the key or user; empty when nobody was known.</param>
/// <param name="Roles">The roles that they had, comma-separated.</param>
/// <param name="Action">What they tried: <c>GET /api/v1/alerts/{id}</c>, <c>key-created</c>.</param>
/// <param name="Subject">What it was about: an alert's id, a receiver's name.</param>
/// <param name="IsJoint">Whether joint data of safety and customs were concerned.</param>
/// <param name="IsGranted">Whether they got it.</param>
/// <param name="Reason">Why not, or who approved; may be empty. No secrets.</param>
public sealed record AccessAttempt(
    string Actor,
    string Roles,
    string Action,
    string Subject,
    bool IsJoint,
    bool IsGranted,
    string Reason);
