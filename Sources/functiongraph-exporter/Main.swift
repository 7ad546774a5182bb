import ArgumentParser

/// Where the process begins.
@main
enum Main {
    static func main() async {
        await ExporterCommand.main(ProcessArguments.read())
    }
}
