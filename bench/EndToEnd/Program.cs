using System.Text.Json;
using Fengsui.Fleet;

var options = JsonSerializer.Deserialize<FleetOptions>(args[1])!;
Console.WriteLine((await new FleetRunner(options).RunAsync()).ToJson());
return 0;
