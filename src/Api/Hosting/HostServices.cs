namespace Fengsui.Api.Hosting;

/// <summary>What a server is put together from, besides its configuration. Tests replace parts of it.</summary>
/// <param name="CreateDataPath">Builds the data path; called once, before anything listens.</param>
/// <param name="Time">The clock.</param>
/// <param name="LogToConsole">Whether log lines appear on standard error.</param>
public sealed record HostServices(Func<HostContext, IDataPath> CreateDataPath, TimeProvider Time, bool LogToConsole);
