"""How Java is started for a checker that runs for seconds: it is not worth to compile it thoroughly, and what is not
compiled so needs a deeper stack."""

JAVA = ("java", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
